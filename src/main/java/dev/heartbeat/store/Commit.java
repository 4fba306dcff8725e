package dev.heartbeat.store;

import java.util.List;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.StateCodec;
import dev.heartbeat.model.StoredFields;
import dev.heartbeat.model.Transition;

/** What is written in one step, on the condition that nobody has written before? */
final class Commit {
    private final String source;
    private final String heldStamp;
    private final String heldWords;
    private final KeyMoves moves;

    Commit(String source, String heldStamp, String heldWords, KeyMoves moves) {
        this.source = source;
        this.heldStamp = heldStamp;
        this.heldWords = heldWords;
        this.moves = moves;
    }

    /** PH's keys alone. */
    Script.Call ofKeys() {
        return begin().add("");
    }

    /** The whole change, under this stamp. */
    Script.Call of(Change change, String stamp, int outboxLength) {
        SourceState next = change.next();
        Script.Call call = begin().add(stamp).add(source).add(next.version()).add(StateCodec.head(next)).add(outboxLength);
        addFields(call, change);
        call.add(change.retired().size());
        change.retired().forEach((target, state) -> call.add(StateCodec.field(target)).add(StateCodec.state(state)));
        call.add(moves.hasNewWord() ? "word" : "");
        call.add(change.transitions().size());
        for (Transition transition : change.transitions()) {
            call.add(StateCodec.transition(transition));
        }
        return call;
    }

    private Script.Call begin() {
        Script.Call call = new Script.Call(RedisKeys.WORDS, RedisKeys.SOURCES, RedisKeys.OUTBOX, RedisKeys.head(source),
                RedisKeys.targets(source), RedisKeys.versions(source), RedisKeys.retired(source),
                RedisKeys.transitions(source));
        call.add(heldStamp).add(heldWords);
        moves.addTo(call);
        return call;
    }

    private static void addFields(Script.Call call, Change change) {
        StoredFields fields = StoredFields.of(change);
        call.add(fields.written().size());
        fields.written().forEach((field, value) -> call.add(field).add(value));
        call.add(fields.deleted().size()).addAll(List.copyOf(fields.deleted()));
        call.add(fields.dropped().size()).addAll(List.copyOf(fields.dropped()));
    }
}
