package dev.heartbeat.watch;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Printable;
import dev.heartbeat.model.Transition;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.store.StateStore.Announcement;
import io.smallrye.mutiny.Uni;

/** What happened, one line each? Takes transitions from the outbox, so that each is said once, however many subscribers run. */
@ApplicationScoped
public class Announcer {
    private static final Logger LOG = Logger.getLogger("dev.heartbeat.transitions");
    private static final int AT_ONCE = 500;

    private final StateStore store;
    private final AtomicBoolean announcing = new AtomicBoolean();

    Announcer(StateStore store) {
        this.store = store;
    }

    /** Says all that nobody has said yet; a call while another one runs does nothing. */
    public Uni<Void> announce() {
        if (!announcing.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        return next().onTermination().invoke(() -> announcing.set(false));
    }

    private Uni<Void> next() {
        return store.unannounced(AT_ONCE).chain(this::say);
    }

    private Uni<Void> say(List<Announcement> announcements) {
        if (announcements.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        announcements.forEach(announcement -> LOG.info(words(announcement.transition())));
        return store.announced(announcements).chain(this::next);
    }

    /** One line for a person: what, of whom, is what, was what, and why. */
    static String words(Transition transition) {
        StringBuilder line = new StringBuilder(transition.target().toString()).append(" of ").append(transition.source());
        line.append(transition.to() == null ? " is retired" : " is " + transition.to());
        if (transition.from() != null) {
            line.append(", was ").append(transition.from());
        }
        line.append(", at ").append(transition.at());
        if (transition.reason() != null) {
            line.append(": ").append(transition.reason());
        }
        if (transition.detail() != null) {
            line.append(", ").append(transition.detail());
        }
        return Printable.text(line.toString());
    }
}
