package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does a mistake about alerts stop the start with a clear line, and no secret in it? */
class AlertSettingsTest {
    private final Map<String, String> corrected = new HashMap<>();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALERT_WEBHOOK_URL      | hooks.example.org/s3cret                 | ALERT_WEBHOOK_URL=…: address 1 must start with http:// or https://
            ALERT_WEBHOOK_URL      | https://a.org/s3cret,ftp://b.org/s3cret  | ALERT_WEBHOOK_URL=…: address 2 must start with http:// or https://
            ALERT_SLACK_URL        | https:///s3cret                          | ALERT_SLACK_URL=…: address 1 must
            ALERT_EMAIL_FROM       | nobody                                   | ALERT_EMAIL_FROM=nobody: 'nobody' is no mail address
            ALERT_MAINTENANCE      | host/db 2am-4am                          | ALERT_MAINTENANCE=host/db 2am-4am: '2am-4am' is no window
            ALERT_MAINTENANCE_ZONE | Oslo                                     | ALERT_MAINTENANCE_ZONE=Oslo: is no time zone
            ALERT_REPEAT           | 0                                        | ALERT_REPEAT=0: must be at least 1s
            ALERT_TIMEOUT          | 10ms                                     | ALERT_TIMEOUT=10ms: must be at least 1s
            ALERT_EXPIRY           | never                                    | ALERT_EXPIRY=never: must be a duration
            SMTP_TLS               | maybe                                    | SMTP_TLS=maybe: is none of none, starttls, tls
            SMTP_PORT              | 70000                                    | SMTP_PORT=70000: is out of range
            """)
    void whatIsImpossibleIsNamedWithoutSecrets(String variable, String value, String fault) {
        assertThat(Settings.check(Map.of(variable, value), corrected::put)).singleElement().asString().startsWith(fault)
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALERT_WEBHOOK_URL      | https://user:pass@a.org:8443/x?a=1,2 , http://[::1]:80/y,
            ALERT_MAINTENANCE      | host/db-* Sun 02:00-04:00; source/zone-7 2026-12-01T22:00Z/PT4H
            ALERT_MAINTENANCE_ZONE | Europe/Oslo
            ALERT_REPEAT           | 4h
            ALERT_EXPIRY           | 1d
            SMTP_TLS               | STARTTLS
            """)
    void whatIsPossibleIsAccepted(String variable, String value) {
        assertThat(Settings.check(Map.of(variable, value), corrected::put)).isEmpty();
    }

    @Test
    void aCommaInAnAddressSeparatesNothing() {
        assertThat(dev.heartbeat.watch.Addresses.urls("https://a.org/x?a=1,2 , http://b.org/y")).hasSize(2);
    }

    @Test
    void whoWantsMailsNamesAServerAndASender() {
        assertThat(Settings.check(Map.of("ALERT_EMAIL_TO", "ops@example.org"), corrected::put)).hasSize(2)
                .anySatisfy(fault -> assertThat(fault).startsWith("SMTP_HOST=: is not set"))
                .anySatisfy(fault -> assertThat(fault).startsWith("ALERT_EMAIL_FROM=: is not set"));
    }

    @Test
    void addressesMayStandInAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("url"), "nonsense s3cret\n");
        assertThat(Settings.check(Map.of("ALERT_WEBHOOK_URL_FILE", file.toString()), corrected::put)).singleElement().asString()
                .startsWith("ALERT_WEBHOOK_URL=…: address 1 must").doesNotContain("s3cret");
        Files.writeString(file, "https://hooks.example.org/s3cret\n");
        assertThat(Settings.check(Map.of("ALERT_WEBHOOK_URL_FILE", file.toString()), corrected::put)).isEmpty();
        assertThat(corrected).containsEntry("alert.webhook-url", "https://hooks.example.org/s3cret");
    }

    @ParameterizedTest
    @CsvSource({ "none, 25, false, DISABLED", "starttls, 587, false, REQUIRED", "tls, 465, true, DISABLED" })
    void theMailerIsToldInItsOwnWords(String tls, String port, String encrypted, String startTls) {
        Settings.check(Map.of("SMTP_HOST", "mail.internal", "SMTP_TLS", tls, "SMTP_USER", "me", "SMTP_PASSWORD", "s3cret",
                "ALERT_EMAIL_FROM", "heartbeat@example.org"), corrected::put);
        assertThat(corrected).containsAllEntriesOf(Map.of("quarkus.mailer.mock", "false", "quarkus.mailer.host",
                "mail.internal", "quarkus.mailer.port", port, "quarkus.mailer.tls", encrypted, "quarkus.mailer.start-tls",
                startTls, "quarkus.mailer.login", "REQUIRED", "quarkus.mailer.password", "s3cret", "quarkus.mailer.from",
                "heartbeat@example.org"));
    }

    @Test
    void withoutAMailServerTheMailerIsToldNothing() {
        Settings.check(Map.of("ALERT_REPEAT", "4h"), corrected::put);
        assertThat(corrected).isEmpty();
    }

    @Test
    void aTypingMistakeIsNoticedAndAFileIsNone() {
        assertThat(Misspelt.in(Map.of("ALERT_WEBHOOK", "x", "ALERT_SLACK_URL_FILE", "/x")))
                .containsOnlyKeys("ALERT_WEBHOOK");
    }
}
