package dev.heartbeat.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.heartbeat.model.Alert;
import dev.heartbeat.model.Alert.What;
import dev.heartbeat.model.AlertJson;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import io.quarkus.mailer.Mail;
import io.smallrye.mutiny.Uni;

/** What exactly do receivers get? Golden files, because programs of others read it. */
class AlertBodiesTest {
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Alert alert(String name) {
        Target db = new Target(Kind.HOST, "db");
        return switch (name) {
            case "firing" -> new Alert("1767225600000-12", What.FIRING, "zone-7", db, Health.DOWN, SINCE, Reason.UNREACHABLE,
                    "connection refused by 10.0.0.1:5432", SINCE, null);
            case "resolved" -> new Alert("1767225600000-12", What.RESOLVED, "zone-7", db, Health.UP, SINCE, Reason.UNREACHABLE,
                    "connection refused by 10.0.0.1:5432", SINCE.plusSeconds(252), Duration.ofSeconds(252));
            case "silent" -> new Alert("1767225600000-13", What.REMINDER, "zone-7", null, Health.STALE, SINCE, Reason.SILENT,
                    null, SINCE.plusSeconds(14_400), Duration.ofSeconds(14_400));
            default -> hostile();
        };
    }

    private static Alert hostile() {
        String everything = "<!channel> <b>&\"'\r\nBcc: x@y\u001b[2J\u202e\u2028{{7*7}}";
        return new Alert("1-1", What.FIRING, everything, new Target(Kind.WEBSITE, everything), Health.DOWN, SINCE,
                Reason.MISMATCH, everything, SINCE, null);
    }

    private static String golden(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/alerts", name));
    }

    @ParameterizedTest
    @ValueSource(strings = { "firing", "resolved", "silent", "hostile" })
    void aWebHookGetsOurJson(String name) throws IOException {
        assertThat(JSON.readTree(AlertJson.write(alert(name)))).isEqualTo(JSON.readTree(golden("webhook-" + name + ".json")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "firing", "resolved", "silent", "hostile" })
    void aChannelGetsSlacksJson(String name) throws IOException {
        assertThat(JSON.readTree(SlackReceiver.body(alert(name)))).isEqualTo(JSON.readTree(golden("slack-" + name + ".json")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "firing", "resolved", "silent", "hostile" })
    void aPersonGetsAMail(String name) throws IOException {
        Alert alert = alert(name);
        assertThat("Subject: " + MailReceiver.subject(alert) + "\n\n" + MailReceiver.text(alert))
                .isEqualTo(golden("mail-" + name + ".txt"));
    }

    @Test
    void theDocumentationShowsWhatIsSent() throws IOException {
        String documented = Files.readString(Path.of("docs/alerts.md"));
        assertThat(documented).contains(golden("webhook-resolved.json").strip(), golden("slack-firing.json").strip(),
                golden("mail-firing.txt").strip());
    }

    @Test
    void mailsOfOneTroubleBelongTogether() {
        List<Mail> sent = new ArrayList<>();
        MailReceiver receiver = new MailReceiver("ops@example.org", mails -> {
            sent.addAll(List.of(mails));
            return Uni.createFrom().voidItem();
        }, Duration.ofSeconds(10));
        receiver.tell(alert("firing")).subscribe().asCompletionStage().join();
        receiver.tell(alert("resolved")).subscribe().asCompletionStage().join();
        assertThat(sent).hasSize(2).allSatisfy(mail -> {
            assertThat(mail.getTo()).containsExactly("ops@example.org");
            assertThat(mail.getHeaders().get("References")).containsExactly("<1767225600000-12@heartbeat>");
        });
        assertThat(sent.get(1).getHeaders().get("X-Heartbeat-Alert")).containsExactly("1767225600000-12/resolved");
    }
}
