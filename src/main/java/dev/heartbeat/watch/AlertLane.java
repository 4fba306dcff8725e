package dev.heartbeat.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Alert;
import dev.heartbeat.model.AlertNotes;
import dev.heartbeat.model.AlertWords;
import dev.heartbeat.model.Happening;
import dev.heartbeat.model.Printable;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.store.Outbox;
import dev.heartbeat.store.Outbox.Entry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * What has one receiver been told, and what is it told next? A reader of the outbox with a place of its own, so that no
 * receiver
 * waits for another, and each is told once, whichever process holds the place.
 */
final class AlertLane {
    private static final Logger LOG = Logger.getLogger("dev.heartbeat.alerts");
    private static final int PAGE = 500;
    /** Whoever is so far behind reads no further: what happened waits in the outbox. */
    private static final int MOST_WAITING = 500;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(3);
    private static final int LONGEST_REASON = 200;

    private final Receiver receiver;
    private final AlertTerms terms;
    private final InstantSource clock;
    private final Supplier<Uni<Collection<SourceState>>> states;
    private final AlertPlace place;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean stopped;
    private boolean allRead;

    /** @param states reads the newest states of all sources */
    AlertLane(Receiver receiver, Outbox outbox, Supplier<Uni<Collection<SourceState>>> states, AlertTerms terms,
            InstantSource clock) {
        this.receiver = receiver;
        this.states = states;
        this.terms = terms;
        this.clock = clock;
        this.place = new AlertPlace(AlertPlace.reader(receiver.address()), outbox, terms.lease());
    }

    /** From here on is told what happens: nothing that is committed after this is missed. Fails while the store is away. */
    Uni<Void> begin() {
        return place.hold().replaceWithVoid();
    }

    /**
     * Tells what is to be told by now, if this process holds the place; a call while another one runs does nothing. Fails while
     * the store is away; a receiver that fails is tried again by a later call.
     */
    Uni<Void> turn() {
        return stopped ? Uni.createFrom().voidItem() : run();
    }

    /** Ends soon, and gives the place back; what is not told by then is told by who comes next. Never fails. */
    Uni<Void> stop() {
        stopped = true;
        return run()
                .chain(() -> Uni.createFrom().completionStage(ended))
                .ifNoItem().after(PATIENCE_AT_THE_END).fail()
                .onFailure().recoverWithNull();
    }

    private Uni<Void> run() {
        if (!busy.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        allRead = false;
        return Uni.createFrom().deferred(() -> stopped ? Uni.createFrom().item(true) : place.hold())
                .chain(held -> held ? steps() : Uni.createFrom().voidItem())
                .chain(() -> stopped ? end() : Uni.createFrom().voidItem())
                .onTermination().invoke(() -> busy.set(false));
    }

    private Uni<Void> end() {
        return place.giveBack().onTermination().invoke(() -> ended.complete(null));
    }

    /** Not by recursion: there may be thousands. */
    private Uni<Void> steps() {
        return Multi.createBy().repeating().uni(this::step)
                .whilst(more -> more)
                .collect().last()
                .replaceWithVoid();
    }

    /** Whether there may be more to do at once. */
    private Uni<Boolean> step() {
        AlertNotes notes = place.notes();
        if (stopped) {
            return Uni.createFrom().item(false);
        } else if (!notes.waiting().isEmpty() && !notes.next().isAfter(clock.instant())) {
            return place.renew(terms.timeout())
                    .chain(held -> held ? tell(notes.waiting().get(0).alert()) : Uni.createFrom().item(false));
        } else if (!allRead && notes.waiting().size() < MOST_WAITING) {
            return place.next(PAGE)
                    .chain(entries -> place.isComplete(entries).chain(complete -> complete ? read(entries) : miss()));
        }
        return place.settle().replaceWith(false);
    }

    private Uni<Boolean> read(List<Entry> entries) {
        Instant now = clock.instant();
        allRead = entries.size() < PAGE;
        AlertNotes notes = place.notes();
        if (!entries.isEmpty()) {
            List<Happening> happenings = entries.stream().map(entry -> new Happening(entry.id(), entry.transition())).toList();
            notes = notes.after(notes.open().read(happenings, now, terms.rules()), now);
        }
        if (allRead) {
            notes = notes.after(notes.open().release(now, terms.rules()), now);
            notes = notes.waiting().isEmpty() ? notes.after(notes.open().remind(now, terms.rules()), now) : notes;
        }
        notes = giveUp(notes, now);
        if (entries.isEmpty() && notes == place.notes()) {
            return place.renew(terms.timeout());
        }
        String position = entries.isEmpty() ? place.position() : entries.get(entries.size() - 1).id();
        return place.keep(position, notes);
    }

    /** What is open is held against the states, which know how everything ended; what is still kept is read after that. */
    private Uni<Boolean> miss() {
        LOG.warnf(
                "%s was not told of everything: more happened than the outbox keeps (REDIS_OUTBOX_LENGTH) while nobody read it;"
                        + " what is not up is told",
                receiver.name());
        return states.get().chain(newest -> {
            AlertNotes notes = place.notes();
            Instant now = clock.instant();
            return place.keep(Outbox.BEGIN,
                    notes.after(notes.open().missed(place.position(), newest, now, terms.rules()), now));
        });
    }

    private AlertNotes giveUp(AlertNotes notes, Instant now) {
        AlertNotes left = notes.without(now.minus(terms.expiry()));
        int lost = notes.waiting().size() - left.waiting().size();
        if (lost > 0) {
            receiver.gaveUp(lost);
            LOG.warnf("%d alerts to %s are given up after %s in vain; the first: %s", lost, receiver.name(), terms.expiry(),
                    AlertWords.title(notes.waiting().get(0).alert()));
        }
        return left;
    }

    private Uni<Boolean> tell(Alert alert) {
        return Uni.createFrom().deferred(() -> receiver.tell(alert))
                .onItemOrFailure().transformToUni((told, failure) -> failure == null ? accepted(alert) : failed(failure));
    }

    private Uni<Boolean> accepted(Alert alert) {
        LOG.debugf("%s was told: %s", receiver.name(), AlertWords.title(alert));
        if (place.notes().attempts() > 0) {
            LOG.infof("%s takes alerts again", receiver.name());
        }
        return place.done(place.notes().accepted());
    }

    private Uni<Boolean> failed(Throwable failure) {
        AlertNotes notes = place.notes();
        if (notes.attempts() == 0) {
            LOG.warnf("%s takes no alerts: %s; they wait, and it is tried again for %s", receiver.name(), words(failure),
                    terms.expiry());
        }
        return place.keep(place.position(), notes.failed(clock.instant().plus(pause(notes.attempts()))));
    }

    /** A second, and twice as long each time; several lanes that failed together do not come back together. */
    static Duration pause(int attempts) {
        long seconds = attempts > 8 ? LONGEST_PAUSE.toSeconds() : Math.min(1L << attempts, LONGEST_PAUSE.toSeconds());
        return Duration.ofMillis(seconds * ThreadLocalRandom.current().nextLong(800, 1_000));
    }

    private String words(Throwable failure) {
        if (failure instanceof io.smallrye.mutiny.TimeoutException) {
            return "no answer within " + terms.timeout();
        }
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String line = message.lines().findFirst().orElse("");
        return Printable.text(line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line);
    }
}
