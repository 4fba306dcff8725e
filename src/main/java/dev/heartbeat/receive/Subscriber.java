package dev.heartbeat.receive;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Policy;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.transport.Links;
import dev.heartbeat.transport.Links.Side;
import dev.heartbeat.watch.Listening;
import dev.heartbeat.watch.Listening.Leg;
import dev.heartbeat.watch.Readers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;

/**
 * What becomes of what we hear? The store has it before it is acknowledged; what the store refuses is held and tried again;
 * what
 * is no heartbeat is parked.
 */
@ApplicationScoped
public class Subscriber {
    private static final Logger LOG = Logger.getLogger(Subscriber.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long LATENCIES_EVERY_MILLIS = 60_000;
    /** The end of the process waits no longer for the latencies of its last minute. */
    private static final Duration LAST_WRITE = Duration.ofSeconds(1);

    private final Multi<Message<byte[]>> heartbeats;
    private final StateStore store;
    private final Listening listening;
    private final Readers readers;
    private final Links links;
    private final Vertx vertx;
    private final InstantSource clock = InstantSource.system();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(Subscriber::thread);
    private final AtomicLong heard = new AtomicLong();
    private final AnswerTimes answerTimes;
    private Policy policy = Policy.DEFAULT;
    private boolean storeAway;

    Subscriber(@Channel("heartbeats-in") Multi<Message<byte[]>> heartbeats, StateStore store, Listening listening,
            Readers readers, Links links, Vertx vertx) {
        this.heartbeats = heartbeats;
        this.store = store;
        this.listening = listening;
        this.readers = readers;
        this.links = links;
        this.vertx = vertx;
        this.answerTimes = new AnswerTimes(store::latencies, clock, Infrastructure.getDefaultExecutor());
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "heartbeat-intake");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to listen by that policy, once the store is there; completes when it is. Tries for ever. */
    public Uni<Void> start(Policy judgedBy) {
        policy = judgedBy;
        return untilStored(Uni.createFrom().deferred(store::start).chain(readers::begin))
                .invoke(() -> {
                    links.listen(Side.IN, this::link);
                    heartbeats.subscribe().withSubscriber(new Intake(this::take, executor));
                    vertx.setPeriodic(LATENCIES_EVERY_MILLIS, timer -> answerTimes.write().subscribe().with(ignored -> {
                    }, failure -> LOG.debugf(failure, "latencies could not be written")));
                });
    }

    /** Writes what is only counted yet; completes when that is done or takes too long. Never fails. */
    public Uni<Void> stop() {
        return answerTimes.writeLast().ifNoItem().after(LAST_WRITE).fail().onFailure().recoverWithNull();
    }

    /** How many heartbeats the store has been given since the start. */
    public long heard() {
        return heard.get();
    }

    private void link(Links.Status status) {
        if (status.up() && status.drained()) {
            listening.hears(Leg.LINK, clock.instant());
        } else {
            listening.deaf(Leg.LINK);
        }
    }

    private Uni<Void> take(List<Message<byte[]>> messages) {
        Batch batch = Batch.read(messages);
        return write(batch.heard())
                .chain(() -> settle(batch))
                .onFailure(CannotFoldException.class).recoverWithUni(failure -> apart(messages, failure))
                .onFailure().invoke(failure -> LOG.error("messages could not be settled", failure))
                .onFailure().recoverWithNull();
    }

    private Uni<Void> write(Map<String, List<Heard>> bySource) {
        if (bySource.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return untilStored(Multi.createFrom().iterable(bySource.entrySet())
                .onItem()
                .transformToUniAndConcatenate(entry -> store.update(entry.getKey(), state -> fold(state, entry.getValue()))
                        .invoke(change -> count(change, entry.getValue())))
                .invoke(this::tell)
                .collect().last().replaceWithVoid());
    }

    private Change fold(SourceState state, List<Heard> said) {
        try {
            return state.hear(said, policy);
        } catch (RuntimeException e) {
            throw new CannotFoldException(e);
        }
    }

    /** Beside what goes on: it is work, and nobody waits for it. */
    private void count(Change change, List<Heard> said) {
        if (!change.isNone()) {
            executor.execute(() -> answerTimes.count(change, said, policy));
        }
    }

    private void tell(Change change) {
        if (!change.transitions().isEmpty()) {
            readers.tell();
        }
    }

    private Uni<Void> settle(Batch batch) {
        heard.addAndGet(batch.heartbeats().size());
        List<Uni<Void>> settled = new ArrayList<>();
        batch.heartbeats().forEach(message -> settled.add(Uni.createFrom().completionStage(message.ack())));
        batch.poison().forEach((message, why) -> settled.add(Uni.createFrom().completionStage(message.nack(why))));
        return settled.isEmpty() ? Uni.createFrom().voidItem() : Uni.join().all(settled).andCollectFailures().replaceWithVoid();
    }

    /** One of these messages is more than the state machine can take: taken one by one, it alone is parked. */
    private Uni<Void> apart(List<Message<byte[]>> messages, Throwable failure) {
        if (messages.size() == 1) {
            LOG.error("a heartbeat could not be folded into the state, and is parked", failure);
            return Uni.createFrom().completionStage(messages.get(0).nack(failure));
        }
        return Multi.createFrom().iterable(messages)
                .onItem().transformToUniAndConcatenate(message -> take(List.of(message)))
                .collect().last();
    }

    /** Tries until the store takes it, less and less often, and says once that it does not and once that it does again. */
    private Uni<Void> untilStored(Uni<Void> work) {
        return work
                .onFailure(failure -> !(failure instanceof CannotFoldException)).invoke(this::storeFailed)
                .onFailure(failure -> !(failure instanceof CannotFoldException)).retry().withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .invoke(this::storeWorks);
    }

    private void storeFailed(Throwable failure) {
        listening.deaf(Leg.STORE);
        if (!storeAway) {
            storeAway = true;
            LOG.warnf("the store does not take what is heard, so nothing is acknowledged until it does: %s",
                    failure.getMessage());
        }
    }

    private void storeWorks() {
        Instant now = clock.instant();
        listening.hears(Leg.STORE, now);
        if (storeAway) {
            storeAway = false;
            LOG.info("the store takes what is heard again");
        }
    }

    /** What the state machine itself threw, so that it is not mistaken for a store that is away. */
    private static final class CannotFoldException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CannotFoldException(RuntimeException cause) {
            super("the state machine failed: " + cause, cause);
        }
    }
}
