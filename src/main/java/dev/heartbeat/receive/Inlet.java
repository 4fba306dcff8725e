package dev.heartbeat.receive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import dev.heartbeat.model.Heard;
import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.store.RowRefusedException;
import dev.heartbeat.store.Turns;
import dev.heartbeat.transport.TraceSpan;
import dev.heartbeat.transport.Traces;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * What becomes of what comes in one way? The history has it first, then the states, then it is acknowledged: a crash in
 * between repeats a step that changes nothing. What they refuse is held and tried again; what is no heartbeat is parked.
 */
final class Inlet {
    private static final Logger LOG = Logger.getLogger(Inlet.class);

    private final Inflow inflow;
    private final States states;
    private final Insistence onHistory;
    private final Insistence onStates;
    private final Reception reception;
    private final Traces traces;
    private final Executor executor;
    private final Turns toHistory = new Turns();
    private final Turns toStates = new Turns();

    /**
     * @param states null where what is said makes none
     * @param reception is told of what was kept
     * @param executor one thread, for what is work: reading what comes, and folding it
     */
    Inlet(Inflow inflow, States states, Insistence onHistory, Insistence onStates, Reception reception, Traces traces,
            Executor executor) {
        this.inflow = inflow;
        this.states = states;
        this.onHistory = onHistory;
        this.onStates = onStates;
        this.reception = reception;
        this.traces = traces;
        this.executor = executor;
    }

    /** Completes when the history is ready, where there is one; tries for ever. */
    Uni<Void> prepare() {
        return inflow.history() == null ? Uni.createFrom().voidItem()
                : onHistory.insist(Uni.createFrom().deferred(inflow.history()::start));
    }

    /** Begins to take what comes, in batches by demand. */
    void open() {
        inflow.messages().subscribe().withSubscriber(new Intake(this::take, executor));
    }

    /** Batches go through each step in the order in which they came, and one may be a step ahead of another. */
    private Uni<Void> take(List<Message<byte[]>> messages) {
        Batch batch = Batch.read(messages);
        BatchSpans spans = BatchSpans.of(traces, batch);
        return toHistory.take(() -> remember(batch, spans))
                .emitOn(executor)
                .chain(refused -> toStates.take(() -> write(batch, spans))
                        .chain(unfoldable -> settle(batch, refused, unfoldable)))
                .invoke(spans::end)
                .onFailure().invoke(spans::failed)
                .onFailure().invoke(failure -> LOG.error("messages could not be settled", failure))
                .onFailure().recoverWithNull();
    }

    /** The rows that the history refuses for good, with the reasons: no use trying again, and nobody else's loss. */
    private Uni<Map<HistoryRow, String>> remember(Batch batch, BatchSpans spans) {
        Map<HistoryRow, String> none = Map.of();
        if (inflow.history() == null || batch.heartbeats().isEmpty()) {
            return Uni.createFrom().item(none);
        }
        List<HistoryRow> rows = batch.rows();
        return onHistory.insist(Uni.createFrom().deferred(() -> remember(rows, spans.step("write history"))))
                .replaceWith(none)
                .onFailure(RowRefusedException.class)
                .recoverWithItem(RowRefusedException::reasons);
    }

    private Uni<Void> remember(List<HistoryRow> rows, TraceSpan span) {
        return inflow.history().write(rows).invoke(span.with("heartbeat.rows", rows.size())::end)
                .onFailure().invoke(span::failed);
    }

    /** The messages that the state machine can not take, with the reasons. */
    private Uni<Map<Message<byte[]>, Throwable>> write(Batch batch, BatchSpans spans) {
        Map<Message<byte[]>, Throwable> none = Map.of();
        return states == null || batch.heard().isEmpty() ? Uni.createFrom().item(none)
                : write(batch.heard(), spans).replaceWith(none)
                        .onFailure(CannotFoldException.class).recoverWithUni(() -> apart(batch, spans));
    }

    private Uni<Void> write(Map<String, List<Heard>> heardBySource, BatchSpans spans) {
        return onStates.insist(Uni.createFrom().deferred(() -> states.write(heardBySource, spans)));
    }

    /** Taken one by one, only what the state machine can not take is parked. */
    private Uni<Map<Message<byte[]>, Throwable>> apart(Batch batch, BatchSpans spans) {
        Map<Message<byte[]>, Throwable> unfoldable = new LinkedHashMap<>();
        return Multi.createFrom().iterable(batch.heartbeats().entrySet())
                .onItem().transformToUniAndConcatenate(one -> write(one.getValue().alone(), spans)
                        .onFailure(CannotFoldException.class).recoverWithItem(failure -> {
                            LOG.error("a heartbeat could not be folded into the state, and is parked", failure);
                            unfoldable.put(one.getKey(), failure);
                            return null;
                        }))
                .collect().last().replaceWith(unfoldable);
    }

    private Uni<Void> settle(Batch batch, Map<HistoryRow, String> refused, Map<Message<byte[]>, Throwable> unfoldable) {
        reception.kept(batch.heartbeats().values().stream().map(one -> one.heard().heartbeat()).toList(), Instant.now());
        List<CompletableFuture<Void>> acknowledged = new ArrayList<>();
        batch.heartbeats().forEach((message, one) -> {
            Throwable why = unfoldable.containsKey(message) ? unfoldable.get(message) : unkept(batch.refusal(one, refused));
            if (why == null) {
                acknowledged.add(message.ack().toCompletableFuture());
            } else {
                park(message, why);
            }
        });
        batch.poison().forEach(this::park);
        return Uni.createFrom()
                .completionStage(CompletableFuture.allOf(acknowledged.toArray(CompletableFuture[]::new)));
    }

    private Throwable unkept(String refusal) {
        if (refusal == null) {
            return null;
        }
        LOG.errorf("an observation that came by %s can not be kept in the history, and its heartbeat is parked: %s",
                inflow.name(), refusal);
        return new IllegalArgumentException(refusal);
    }

    /** Nobody waits for it, however long it takes: the connector holds what is not parked yet, and bounds how much that is. */
    private void park(Message<byte[]> message, Throwable why) {
        message.nack(why).whenComplete((parked, failure) -> {
            if (failure != null) {
                LOG.error("a message could not be parked", failure);
            }
        });
    }
}
