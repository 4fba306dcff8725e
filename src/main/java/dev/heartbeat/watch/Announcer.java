package dev.heartbeat.watch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Printable;
import dev.heartbeat.model.Transition;
import dev.heartbeat.store.Outbox;
import dev.heartbeat.store.Outbox.Entry;
import dev.heartbeat.store.Outbox.Place;
import dev.heartbeat.store.StateStore;
import io.smallrye.mutiny.Uni;

/** What happened, one line each? A reader of the outbox, so that each is said once, however many subscribers run. */
@ApplicationScoped
public class Announcer {
    private static final Logger LOG = Logger.getLogger("dev.heartbeat.transitions");
    private static final String READER = "log";
    private static final int AT_ONCE = 500;
    /** Who has not gone on within this has died over it. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final StateStore store;
    private final AtomicBoolean announcing = new AtomicBoolean();

    Announcer(StateStore store) {
        this.store = store;
    }

    /** Says all that nobody has said yet; a call while another one runs, here or in another subscriber, does nothing. */
    public Uni<Void> announce() {
        if (!announcing.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().deferred(() -> store.outbox().claim(READER, LEASE))
                .chain(place -> place == null ? Uni.createFrom().voidItem() : next(place))
                .onTermination().invoke(() -> announcing.set(false));
    }

    private Uni<Void> next(Place place) {
        String position = place.position() == null ? Outbox.BEGIN : place.position();
        return store.outbox().after(position, AT_ONCE).chain(entries -> say(place, entries));
    }

    private Uni<Void> say(Place place, List<Entry> entries) {
        if (entries.isEmpty()) {
            return store.outbox().keep(place, Duration.ZERO).replaceWithVoid();
        }
        entries.forEach(entry -> LOG.info(words(entry.transition())));
        Place done = place.at(entries.get(entries.size() - 1).id(), null);
        return store.outbox().keep(done, LEASE).chain(held -> held ? next(done) : Uni.createFrom().voidItem());
    }

    /** One line for a person: what, of whom, is what, was what, and why. */
    static String words(Transition transition) {
        StringBuilder line = new StringBuilder();
        if (transition.target() == null) {
            line.append("source ").append(transition.source());
        } else {
            line.append(transition.target()).append(" of ").append(transition.source());
        }
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
