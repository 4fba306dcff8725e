package dev.heartbeat.receive;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Policy;
import dev.heartbeat.store.RowRefusedException;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.transport.Links;
import dev.heartbeat.transport.Links.Side;
import dev.heartbeat.transport.Traces;
import dev.heartbeat.watch.Listening;
import dev.heartbeat.watch.Listening.Leg;
import dev.heartbeat.watch.Readers;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;

/** Who listens, and since when? Opens every way in once what keeps it is there. */
@ApplicationScoped
public class Subscriber {
    private static final Logger LOG = Logger.getLogger(Subscriber.class);
    private static final long LATENCIES_EVERY_MILLIS = 60_000;
    /** The end of the process waits no longer for the latencies of its last minute. */
    private static final Duration LAST_WRITE = Duration.ofSeconds(1);

    private final List<Inflow> inflows;
    private final StateStore store;
    private final Listening listening;
    private final Readers readers;
    private final Links links;
    private final Vertx vertx;
    private final Traces traces;
    private final InstantSource clock = InstantSource.system();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(Subscriber::thread);
    private final Reception reception;
    /** What of all that makes states does not work: while anything is, nobody's silence can be judged. */
    private final Set<String> away = new HashSet<>();
    private final AnswerTimes answerTimes;

    Subscriber(Inflow.All inflows, StateStore store, Listening listening, Readers readers, Links links, Vertx vertx,
            MeterRegistry registry, Traces traces) {
        this.inflows = inflows.inflows();
        this.store = store;
        this.listening = listening;
        this.readers = readers;
        this.links = links;
        this.vertx = vertx;
        this.reception = new Reception(registry);
        this.traces = traces;
        this.answerTimes = new AnswerTimes(store::latencies, clock, Infrastructure.getDefaultExecutor());
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "heartbeat-intake");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Begins to listen by that policy; completes when the store of the states is there, and a way in opens when its history
     * is. Tries for ever.
     */
    public Uni<Void> start(Policy policy) {
        Insistence onStates = insistence("the store", true);
        States states = new States(store, policy, answerTimes, readers, executor, reception);
        return onStates.insist(Uni.createFrom().deferred(store::start).chain(readers::begin))
                .invoke(() -> {
                    links.listen(Side.IN, this::link);
                    inflows.forEach(inflow -> open(inflow, states));
                    vertx.setPeriodic(LATENCIES_EVERY_MILLIS, timer -> answerTimes.write().subscribe().with(ignored -> {
                    }, failure -> LOG.debugf(failure, "latencies could not be written")));
                });
    }

    private void open(Inflow inflow, States states) {
        String history = inflows.size() == 1 ? "the history" : "the history of " + inflow.name();
        String store = inflows.size() == 1 ? "the store" : "the store of " + inflow.name();
        Inlet inlet = new Inlet(inflow, inflow.states() ? states : null, insistence(history, inflow.states()),
                insistence(store, inflow.states()), reception, traces, executor);
        inlet.prepare().subscribe().with(ready -> inlet.open(),
                failure -> LOG.errorf("%s can not be used, so what comes by %s stays where it is: %s", history, inflow.name(),
                        failure.getMessage()));
    }

    private Insistence insistence(String who, boolean makesStates) {
        return new Insistence(who, Subscriber::isFinal, () -> fails(who, makesStates), () -> works(who));
    }

    private static boolean isFinal(Throwable failure) {
        return failure instanceof CannotFoldException || failure instanceof RowRefusedException;
    }

    private synchronized void fails(String who, boolean makesStates) {
        if (makesStates) {
            away.add(who);
            listening.deaf(Leg.STORE);
        }
    }

    private synchronized void works(String who) {
        away.remove(who);
        if (away.isEmpty()) {
            listening.hears(Leg.STORE, clock.instant());
        }
    }

    /** Writes what is only counted yet; completes when that is done or takes too long. Never fails. */
    public Uni<Void> stop() {
        return answerTimes.writeLast().ifNoItem().after(LAST_WRITE).fail().onFailure().recoverWithNull();
    }

    /** How many heartbeats the store has been given since the start. */
    public long heard() {
        return reception.heard();
    }

    private void link(Links.Status status) {
        if (status.up() && status.drained()) {
            listening.hears(Leg.LINK, clock.instant());
        } else {
            listening.deaf(Leg.LINK);
        }
    }
}
