package dev.heartbeat.watch;

import java.time.Duration;

import dev.heartbeat.model.Alert;
import dev.heartbeat.model.AlertWords;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;

/** How is a person told? By a mail of plain text. */
final class MailReceiver implements Receiver {
    private final String to;
    private final ReactiveMailer mailer;
    private final Duration timeout;

    MailReceiver(String to, ReactiveMailer mailer, Duration timeout) {
        this.to = to;
        this.mailer = mailer;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "mail " + to;
    }

    @Override
    public String kind() {
        return "mail";
    }

    @Override
    public String address() {
        return "mail " + to;
    }

    @Override
    public Uni<Void> tell(Alert alert) {
        return mailer.send(mail(alert)).ifNoItem().after(timeout).fail();
    }

    /** What belongs together refers to the same id, so that mail programs show it as one conversation. */
    private Mail mail(Alert alert) {
        return Mail.withText(to, subject(alert), text(alert))
                .addHeader("References", "<" + alert.id() + "@heartbeat>")
                .addHeader("X-Heartbeat-Alert", alert.key())
                .addHeader("Auto-Submitted", "auto-generated");
    }

    static String subject(Alert alert) {
        return "[heartbeat] " + AlertWords.title(alert);
    }

    static String text(Alert alert) {
        return AlertWords.title(alert) + "\n\n" + AlertWords.cause(alert) + "\n\nat " + alert.at() + ", alert " + alert.key()
                + "\n";
    }
}
