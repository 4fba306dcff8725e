package dev.heartbeat.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.Leg.Verdict;
import dev.heartbeat.services.Hook;
import dev.heartbeat.services.Ports;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Are receivers of alerts found, and told nothing? */
class AlertLegsTest {
    private final Hook hook = Hook.open();
    private final GreenMail mail = new GreenMail(new ServerSetup(Ports.free(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void open() {
        mail.setUser("heartbeat", "heartbeat", "sm7p-s3cret");
        mail.getSmtp().getServerSetup().setServerStartupTimeout(30_000);
        mail.start();
        settings.putAll(Map.of("smtp.host", "127.0.0.1", "smtp.port", String.valueOf(mail.getSmtp().getPort()), "smtp.tls",
                "none", "smtp.user", "heartbeat", "smtp.password", "sm7p-s3cret", "alert.timeout", "20S"));
    }

    @AfterEach
    void close() {
        mail.stop();
        hook.close();
    }

    private List<Leg> look() {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(AlertConfig.class)
                .withMapping(AlertConfig.Smtp.class).withSources(new PropertiesConfigSource(settings, "test", 100)).build();
        return new AlertLegs(config.getConfigMapping(AlertConfig.class), config.getConfigMapping(AlertConfig.Smtp.class))
                .look();
    }

    private Leg only() {
        List<Leg> legs = look();
        assertThat(legs).hasSize(1);
        return legs.get(0);
    }

    @Test
    void whoIsThereIsFoundAndGetsNothing() {
        settings.put("alert.webhook-url", hook.url() + "/s3cret, " + hook.url() + "/s3cret");
        settings.put("alert.slack-url", hook.url() + "/slack-s3cret");
        settings.put("alert.email-to", "ops@example.org");
        assertThat(look()).hasSize(3).allSatisfy(leg -> {
            assertThat(leg.verdict()).as(leg.words()).isEqualTo(Verdict.OK);
            assertThat(leg.words()).contains("nothing was sent").doesNotContain("s3cret");
        });
        assertThat(hook.calls()).isEmpty();
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void aWrongPasswordOfTheMailServerIsSaid() {
        settings.putAll(Map.of("alert.email-to", "ops@example.org", "smtp.password", "wrong-s3cret"));
        Leg leg = only();
        assertThat(leg.verdict()).isEqualTo(Verdict.FAULT);
        assertThat(leg.words()).contains("refuses user heartbeat or the password (SMTP_USER, SMTP_PASSWORD)")
                .doesNotContain("s3cret");
    }

    @Test
    void aServerWithoutStarttlsIsNotToldThePassword() {
        settings.putAll(Map.of("alert.email-to", "ops@example.org", "smtp.tls", "starttls"));
        assertThat(only().words()).contains("refuses STARTTLS (SMTP_TLS)");
    }

    @Test
    void whoCanNotBeReachedIsNamedWithoutItsSecret() {
        settings.put("alert.webhook-url", "http://localhost:" + Ports.free() + "/s3cret");
        assertThat(only().words()).contains("can not be reached").doesNotContain("s3cret");
        settings.put("alert.webhook-url", "https://no-such-host.invalid/s3cret");
        assertThat(only().words()).isEqualTo(
                "https://no-such-host.invalid can not be reached: host no-such-host.invalid is not known");
    }

    @Test
    void whereNobodyIsToBeToldNobodyIsTried() {
        assertThat(look()).isEmpty();
    }
}
