package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.mail.internet.MimeMessage;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import dev.heartbeat.services.Door;
import dev.heartbeat.services.Hook;
import dev.heartbeat.services.Ports;
import dev.heartbeat.services.Program;

/** Is everybody told in their own way by a single process, and does it keep their secrets? */
class AlertReceiversIT {
    private static final String PASSWORD = "sm7p-s3cret";
    private static final List<String> SECRETS = List.of("s3cret", encoded(PASSWORD), encoded("\0heartbeat\0" + PASSWORD));
    @TempDir
    Path folder;
    private final Hook hook = Hook.open();
    private final Door door = Door.open();
    private final GreenMail mail = new GreenMail(new ServerSetup(Ports.free(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @BeforeEach
    void open() {
        mail.setUser("ops@example.org", "ops@example.org", "x");
        mail.setUser("heartbeat", "heartbeat", PASSWORD);
        mail.getSmtp().getServerSetup().setServerStartupTimeout(30_000);
        mail.start();
    }

    @AfterEach
    void close() {
        mail.stop();
        hook.close();
        door.close();
    }

    private Map<String, String> environment() throws Exception {
        Map<String, String> environment = new HashMap<>();
        Path targets = Files.writeString(folder.resolve("targets.yaml"),
                "heartbeat: { hosts: [ { name: door, host: 127.0.0.1, port: " + door.port() + ", interval: 200ms } ] }");
        environment.put("TARGETS_FILE", targets.toString());
        environment.put("ALERT_WEBHOOK_URL", hook.url() + "/hook-s3cret");
        environment.put("ALERT_SLACK_URL_FILE",
                Files.writeString(folder.resolve("slack"), hook.url() + "/slack-s3cret\n").toString());
        environment.put("ALERT_EMAIL_TO", "ops@example.org, boss@example.org");
        environment.put("ALERT_EMAIL_FROM", "heartbeat@example.org");
        environment.put("SMTP_HOST", "127.0.0.1");
        environment.put("SMTP_PORT", String.valueOf(mail.getSmtp().getPort()));
        environment.put("SMTP_TLS", "none");
        environment.put("SMTP_USER", "heartbeat");
        environment.put("SMTP_PASSWORD", PASSWORD);
        environment.put("QUARKUS_LOG_LEVEL", "DEBUG");
        return environment;
    }

    @Test
    void everybodyIsToldInTheirOwnWay() throws Exception {
        try (Program program = Program.start(folder, environment())) {
            program.untilHealth("host", "door", "UP");
            door.shut();
            Awaitility.await("all were told").atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> hook.accepted().size() == 2 && mail.getReceivedMessages().length == 2);
            door.openAgain();
            Awaitility.await("all were told").atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> hook.accepted().size() == 4 && mail.getReceivedMessages().length == 4);
            assertThat(program.log("alerts go to webhook " + hook.url() + ", slack " + hook.url()
                    + ", mail ops@example.org, mail boss@example.org")).hasSize(1);
            assertThat(program.stop()).isZero();
            assertThat(program.log("DEBUG")).isNotEmpty();
            SECRETS.forEach(secret -> assertThat(program.log(secret)).as(secret).isEmpty());
        }
        assertThat(bodies("/hook-s3cret")).hasSize(2).first().asString().contains("\"status\":\"firing\"");
        assertThat(bodies("/slack-s3cret")).hasSize(2).first().asString()
                .startsWith("{\"text\":\":red_circle: host door of publisher is DOWN\\nUNREACHABLE");
        assertMails(mail.getReceivedMessages());
    }

    private List<String> bodies(String path) {
        return hook.calls().stream().filter(call -> call.path().equals(path)).map(Hook.Call::body).toList();
    }

    private static void assertMails(MimeMessage[] mails) throws Exception {
        assertThat(mails[0].getSubject()).isEqualTo("[heartbeat] host door of publisher is DOWN");
        assertThat(mails[0].getFrom()[0]).hasToString("heartbeat@example.org");
        assertThat(mails[0].getContent().toString()).contains("UNREACHABLE, connection refused by 127.0.0.1");
        assertThat(mails[3].getSubject()).startsWith("[heartbeat] host door of publisher is UP again after ");
        assertThat(mails[3].getHeader("References")).isEqualTo(mails[0].getHeader("References"));
    }

    @Test
    void aMailServerThatRefusesIsSaidOnceAndHoldsUpNobody() throws Exception {
        Map<String, String> environment = environment();
        environment.put("SMTP_PASSWORD", "wrong-s3cret");
        environment.remove("ALERT_SLACK_URL_FILE");
        environment.put("ALERT_EMAIL_TO", "ops@example.org");
        try (Program program = Program.start(folder, environment)) {
            program.untilHealth("host", "door", "UP");
            door.shut();
            program.untilLog("mail ops@example.org takes no alerts: ");
            Awaitility.await("the web hook was told").atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> hook.accepted().size() == 1);
            door.openAgain();
            Awaitility.await("the web hook was told").atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> hook.accepted().size() == 2);
            assertThat(program.log("takes no alerts")).hasSize(1);
            List.of("s3cret", encoded("\0heartbeat\0wrong-s3cret"), encoded("wrong-s3cret"))
                    .forEach(secret -> assertThat(program.log(secret)).isEmpty());
        }
    }

    @Test
    void aMistakeStopsTheStartWithALineForEach() throws Exception {
        Map<String, String> environment = environment();
        environment.put("ALERT_WEBHOOK_URL", "hooks.example.org/hook-s3cret");
        environment.put("ALERT_MAINTENANCE", "host/door nightly");
        environment.remove("SMTP_HOST");
        try (Program program = Program.start(folder, environment)) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.log()).hasSize(3).anyMatch(line -> line.startsWith("ALERT_WEBHOOK_URL=…: address 1 must start"))
                    .anyMatch(line -> line.startsWith("ALERT_MAINTENANCE=host/door nightly: "))
                    .anyMatch(line -> line.startsWith("SMTP_HOST=: is not set"));
        }
    }
}
