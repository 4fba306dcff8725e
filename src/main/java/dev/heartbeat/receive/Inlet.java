package dev.heartbeat.receive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.store.RowRefusedException;
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
    private final AtomicLong heard;
    private final Traces traces;

    /**
     * @param states null where what is said makes none
     * @param heard counts what was taken
     */
    Inlet(Inflow inflow, States states, Insistence onHistory, Insistence onStates, AtomicLong heard, Traces traces) {
        this.inflow = inflow;
        this.states = states;
        this.onHistory = onHistory;
        this.onStates = onStates;
        this.heard = heard;
        this.traces = traces;
    }

    /** Completes when the history is ready, where there is one; tries for ever. */
    Uni<Void> prepare() {
        return inflow.history() == null ? Uni.createFrom().voidItem()
                : onHistory.insist(Uni.createFrom().deferred(inflow.history()::start));
    }

    /** Begins to take what comes, in batches by demand. */
    void open(Executor executor) {
        inflow.messages().subscribe().withSubscriber(new Intake(this::take, executor));
    }

    private Uni<Void> take(List<Message<byte[]>> messages) {
        Batch batch = Batch.read(messages);
        BatchSpans spans = BatchSpans.of(traces, batch);
        return remember(batch, spans)
                .chain(refused -> write(batch, spans).chain(() -> settle(batch, refused)))
                .invoke(spans::end)
                .onFailure().invoke(spans::failed)
                .onFailure(CannotFoldException.class).recoverWithUni(failure -> apart(messages, failure))
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

    private Uni<Void> write(Batch batch, BatchSpans spans) {
        return states == null || batch.heard().isEmpty() ? Uni.createFrom().voidItem()
                : onStates.insist(Uni.createFrom().deferred(() -> states.write(batch.heard(), spans)));
    }

    private Uni<Void> settle(Batch batch, Map<HistoryRow, String> refused) {
        heard.addAndGet(batch.heartbeats().size());
        List<Uni<Void>> settled = new ArrayList<>();
        batch.heartbeats().forEach((message, one) -> settled.add(settle(message, batch.refusal(one, refused))));
        batch.poison().forEach((message, why) -> settled.add(Uni.createFrom().completionStage(message.nack(why))));
        return settled.isEmpty() ? Uni.createFrom().voidItem() : Uni.join().all(settled).andCollectFailures().replaceWithVoid();
    }

    private Uni<Void> settle(Message<byte[]> message, String refusal) {
        if (refusal == null) {
            return Uni.createFrom().completionStage(message.ack());
        }
        LOG.errorf("an observation that came by %s can not be kept in the history, and its heartbeat is parked: %s",
                inflow.name(), refusal);
        return Uni.createFrom().completionStage(message.nack(new IllegalArgumentException(refusal)));
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
}
