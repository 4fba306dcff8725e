package dev.heartbeat.watch;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

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
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final StateStore store;
    private final Coalesced announcing = new Coalesced(this::sayAll);
    /** The newest entry when the last time all was said: most calls end there. */
    private volatile String said;
    /** What we still hold, as the store was away when it was to be kept or given back: nothing is said twice for that. */
    private volatile Place held;

    Announcer(StateStore store) {
        this.store = store;
    }

    /**
     * Says all that nobody has said yet, unless another subscriber is about it. A call while another one runs here makes that
     * look again. Fails while the store is away, and is to be called again.
     */
    public Uni<Void> announce() {
        return announcing.run();
    }

    private Uni<Void> sayAll() {
        return store.outbox().newest().chain(newest -> newest.equals(said) ? Uni.createFrom().voidItem()
                : place().chain(place -> place == null ? Uni.createFrom().voidItem() : next(place, newest)));
    }

    private Uni<Place> place() {
        Place mine = held;
        return mine == null ? claim() : keep(mine, LEASE).chain(still -> still ? Uni.createFrom().item(mine) : claim());
    }

    private Uni<Place> claim() {
        return store.outbox().claim(READER, LEASE).invoke(place -> held = place);
    }

    private Uni<Void> next(Place place, String newest) {
        String position = place.position() == null ? Outbox.BEGIN : place.position();
        return store.outbox().after(position, AT_ONCE)
                .chain(entries -> isComplete(place).chain(complete -> complete ? say(place, entries, newest)
                        : miss(place, entries, newest)));
    }

    /** Who never read has missed nothing. */
    private Uni<Boolean> isComplete(Place place) {
        boolean fromTheBeginning = place.position() == null || place.position().equals(Outbox.BEGIN);
        return fromTheBeginning ? Uni.createFrom().item(true) : store.outbox().isComplete(place.position());
    }

    private Uni<Void> miss(Place place, List<Entry> entries, String newest) {
        LOG.warn("some transitions were never announced: more happened while nobody announced them than the outbox keeps"
                + " (REDIS_OUTBOX_LENGTH)");
        return entries.isEmpty() ? next(place.at(Outbox.BEGIN, null), newest) : say(place, entries, newest);
    }

    private Uni<Void> say(Place place, List<Entry> entries, String newest) {
        if (entries.isEmpty()) {
            return keep(place, Duration.ZERO).invoke(() -> said = newest).replaceWithVoid();
        }
        entries.forEach(entry -> LOG.log(TransitionLine.level(entry.transition()), TransitionLine.of(entry.transition())));
        Place done = place.at(entries.get(entries.size() - 1).id(), null);
        held = done;
        return keep(done, LEASE).chain(still -> still ? next(done, newest) : Uni.createFrom().voidItem());
    }

    private Uni<Boolean> keep(Place place, Duration lease) {
        return store.outbox().keep(place, lease).invoke(still -> held = still && !lease.isZero() ? place : null);
    }
}
