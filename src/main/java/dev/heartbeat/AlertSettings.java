package dev.heartbeat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import dev.heartbeat.model.Durations;
import dev.heartbeat.model.Maintenance;
import dev.heartbeat.watch.Addresses;
import dev.heartbeat.watch.SmtpTls;

/** Can those be told whom the settings name? Checked before the start; what the mailer needs is passed on to it. */
final class AlertSettings {
    private static final List<String> AT_LEAST_A_SECOND = List.of("ALERT_REPEAT", "ALERT_TIMEOUT", "ALERT_EXPIRY");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Map<String, String> environment;
    private final BiConsumer<String, String> correct;
    private final List<String> faults = new ArrayList<>();

    private AlertSettings(Map<String, String> environment, BiConsumer<String, String> correct) {
        this.environment = environment;
        this.correct = correct;
    }

    /** What is wrong, a line each; what is wrong by its type alone is told elsewhere. No address of a web hook is told. */
    static List<String> check(Map<String, String> environment, BiConsumer<String, String> correct) {
        AlertSettings settings = new AlertSettings(environment, correct);
        settings.check();
        return settings.faults;
    }

    private void check() {
        parse("ALERT_WEBHOOK_URL", "…", Addresses::urls);
        parse("ALERT_SLACK_URL", "…", Addresses::urls);
        parse("ALERT_EMAIL_TO", value("ALERT_EMAIL_TO"), Addresses::mails);
        parse("ALERT_EMAIL_FROM", value("ALERT_EMAIL_FROM"), Addresses::mails);
        parse("ALERT_MAINTENANCE_ZONE", value("ALERT_MAINTENANCE_ZONE"), AlertSettings::zone);
        ZoneId zone = faults.stream().anyMatch(fault -> fault.startsWith("ALERT_MAINTENANCE_ZONE")) ? ZoneId.of("UTC")
                : zone(value("ALERT_MAINTENANCE_ZONE"));
        parse("ALERT_MAINTENANCE", value("ALERT_MAINTENANCE"), text -> Maintenance.of(text, zone));
        AT_LEAST_A_SECOND.forEach(this::duration);
        mailer();
    }

    private void parse(String variable, String shown, Consumer<String> parser) {
        String value = value(variable);
        try {
            if (!value.isEmpty()) {
                parser.accept(value);
            }
        } catch (IllegalArgumentException e) {
            faults.add(variable + "=" + shown + ": " + e.getMessage());
        }
    }

    private static ZoneId zone(String text) {
        try {
            return text.isEmpty() ? ZoneId.of("UTC") : ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is no time zone; give one such as Europe/Oslo or UTC", e);
        }
    }

    private void duration(String variable) {
        String value = value(variable);
        try {
            if (!value.isEmpty() && Durations.parse(value).compareTo(SECOND) < 0) {
                faults.add(variable + "=" + value + ": must be at least 1s");
            }
        } catch (IllegalArgumentException e) {
            // It is none, which is told where types are checked.
        }
    }

    private void mailer() {
        String to = value("ALERT_EMAIL_TO");
        String host = value("SMTP_HOST");
        if (!to.isEmpty() && host.isEmpty()) {
            faults.add("SMTP_HOST=: is not set, and ALERT_EMAIL_TO is; give the name of the mail server");
        }
        if (!to.isEmpty() && value("ALERT_EMAIL_FROM").isEmpty()) {
            faults.add("ALERT_EMAIL_FROM=: is not set, and ALERT_EMAIL_TO is; give the address that mails come from");
        }
        if (!host.isEmpty() && faults.isEmpty()) {
            passOn(host);
        }
    }

    /** Quarkus' mailer has settings of its own; in dev and test it would only pretend to send. */
    private void passOn(String host) {
        SmtpTls tls = tls();
        String port = value("SMTP_PORT");
        String user = value("SMTP_USER");
        mailer("mock", "false");
        mailer("host", host);
        mailer("port", port.isEmpty() ? String.valueOf(tls.port()) : port);
        mailer("tls", String.valueOf(tls == SmtpTls.TLS));
        mailer("start-tls", tls == SmtpTls.STARTTLS ? "REQUIRED" : "DISABLED");
        mailer("login", user.isEmpty() ? "DISABLED" : "REQUIRED");
        mailer("from", value("ALERT_EMAIL_FROM"));
        // Alerts are rare: a connection that was kept would mostly be dead when it is wanted.
        mailer("keep-alive", "false");
        if (!user.isEmpty()) {
            mailer("username", user);
            mailer("password", value("SMTP_PASSWORD"));
        }
    }

    private void mailer(String property, String value) {
        if (!value.isEmpty()) {
            correct.accept("quarkus.mailer." + property, Settings.literal(value));
        }
    }

    private SmtpTls tls() {
        for (SmtpTls tls : SmtpTls.values()) {
            if (tls.name().equals(value("SMTP_TLS").toUpperCase(Locale.ROOT))) {
                return tls;
            }
        }
        return SmtpTls.STARTTLS;
    }

    /** What the variable says, or the file that is named in its place; empty when neither says anything. */
    private String value(String variable) {
        String value = environment.getOrDefault(variable, "").strip();
        String file = environment.getOrDefault(variable + "_FILE", "");
        if (!value.isEmpty() || file.isBlank()) {
            return value;
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            // That it can not be read is told where secrets are read.
            return "";
        }
    }
}
