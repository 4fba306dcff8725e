package dev.heartbeat.receive;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Policy;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.transport.TraceSpan;
import dev.heartbeat.watch.Readers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What do heartbeats make of the states? One commit per source and batch; who reads the outbox is told. */
final class States {
    private final StateStore store;
    private final Policy policy;
    private final AnswerTimes answerTimes;
    private final Readers readers;
    private final Executor executor;
    private final Reception reception;

    States(StateStore store, Policy policy, AnswerTimes answerTimes, Readers readers, Executor executor,
            Reception reception) {
        this.store = store;
        this.policy = policy;
        this.answerTimes = answerTimes;
        this.readers = readers;
        this.executor = executor;
        this.reception = reception;
    }

    /**
     * Completes when the states are durable, each commit a part of these spans. Fails while the store is away, and with
     * {@link CannotFoldException} for what the
     * state machine can not take.
     */
    Uni<Void> write(Map<String, List<Heard>> bySource, BatchSpans spans) {
        return Multi.createFrom().iterable(bySource.entrySet())
                .onItem()
                .transformToUniAndConcatenate(entry -> commit(entry.getKey(), entry.getValue(),
                        spans.step("commit", entry.getKey())))
                .invoke(reception::committed)
                .invoke(this::tell)
                .collect().last().replaceWithVoid();
    }

    private Uni<Change> commit(String source, List<Heard> said, TraceSpan span) {
        return store.update(source, state -> fold(state, said))
                .invoke(change -> span.with("heartbeat.transitions", change.transitions().size()).end())
                .onFailure().invoke(span::failed)
                .invoke(change -> count(change, said));
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
}
