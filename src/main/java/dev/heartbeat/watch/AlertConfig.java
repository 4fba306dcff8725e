package dev.heartbeat.watch;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who is told when something is not up, and when not? The settings {@code ALERT_*}. */
@ConfigMapping(prefix = "alert")
public interface AlertConfig {
    /** Web addresses that get our JSON, separated by commas; secrets, because who knows one may post there. */
    Optional<String> webhookUrl();

    /** Web addresses that get Slack's JSON, likewise. */
    Optional<String> slackUrl();

    /** Mail addresses, separated by commas. */
    Optional<String> emailTo();

    /** The mail address that they see. */
    Optional<String> emailFrom();

    /** How often they are reminded of what is still so; empty for never. */
    Optional<Duration> repeat();

    /** How long a receiver may take to accept. */
    @WithDefault("10s")
    Duration timeout();

    /** After so long in vain an alert is given up. */
    @WithDefault("24h")
    Duration expiry();

    /** When trouble of whom is expected; see {@link dev.heartbeat.model.Maintenance}. */
    Optional<String> maintenance();

    /** In which its times are meant, unless they say their offset. */
    @WithDefault("UTC")
    String maintenanceZone();

    /** How is the mail server reached, and who are we to it? The settings {@code SMTP_*}. */
    @ConfigMapping(prefix = "smtp")
    interface Smtp {
        Optional<String> host();

        /** Empty for the usual one: 25 without TLS, 587 with STARTTLS, 465 with TLS. */
        Optional<Integer> port();

        Optional<String> user();

        /** Never logged. */
        Optional<String> password();

        @WithDefault("starttls")
        SmtpTls tls();
    }
}
