package dev.heartbeat.watch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Policy;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.store.StateStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Whose silence is news? Asks the state machine once a second: the dead-man switch. */
@ApplicationScoped
public class Watch {
    private static final Logger LOG = Logger.getLogger(Watch.class);
    private static final long TICK_MILLIS = 1000;

    private final StateStore store;
    private final Listening listening;
    private final Readers readers;
    private final Vertx vertx;
    private final InstantSource clock = InstantSource.system();
    private final Oddities oddities = new Oddities();
    private volatile boolean judging;
    private volatile boolean stopped;

    Watch(StateStore store, Listening listening, Readers readers, Vertx vertx) {
        this.store = store;
        this.listening = listening;
        this.readers = readers;
        this.vertx = vertx;
    }

    /** Begins to watch by that policy; to be called once the store has been started. */
    public void start(Policy policy) {
        vertx.setPeriodic(TICK_MILLIS, timer -> {
            if (stopped) {
                vertx.cancelTimer(timer);
            } else {
                tick(policy);
            }
        });
    }

    public void stop() {
        stopped = true;
    }

    /**
     * What other subscribers have written is read first: it is shown here as well, and nobody is silent whom they have heard.
     */
    private void tick(Policy policy) {
        Instant now = clock.instant();
        listening.tick(now, System.nanoTime());
        oddities.in(store.known()).forEach(LOG::warn);
        if (judging) {
            return;
        }
        judging = true;
        Instant since = listening.since();
        store.refresh()
                .chain(states -> since == null ? Uni.createFrom().voidItem()
                        : judge(overdue(states, clock.instant(), since, policy), since, policy))
                .invoke(readers::tell)
                .subscribe().with(ignored -> judging = false, failure -> {
                    judging = false;
                    LOG.debugf(failure, "judging failed; it is tried again in a second");
                });
    }

    private Uni<Void> judge(List<SourceState> silent, Instant since, Policy policy) {
        return Multi.createFrom().iterable(silent)
                .onItem().transformToUniAndConcatenate(state -> judge(state.source(), since, policy))
                .collect().last()
                .replaceWithVoid();
    }

    private static List<SourceState> overdue(Collection<SourceState> states, Instant now, Instant since, Policy policy) {
        return states.stream().filter(state -> !state.judge(now, since, policy).isNone()).toList();
    }

    /** What this process knows may be old: the store asks the question again on what is committed. */
    private Uni<Change> judge(String source, Instant since, Policy policy) {
        return store.update(source, state -> state.judge(clock.instant(), since, policy));
    }
}
