package dev.heartbeat.store;

import java.util.HashSet;
import java.util.Set;

import dev.heartbeat.model.Projection;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.StateDraft;
import io.vertx.mutiny.redis.client.Response;

/** What have other subscribers committed since we last read? */
final class Reading {
    /** One answer holds about so many targets at most; what is left comes with the next. */
    private static final int MOST = 20_000;

    private final Response answer;

    Reading(Response answer) {
        this.answer = answer;
    }

    /** The question whose answer is a reading. */
    static Script.Call question(Known known) {
        Script.Call call = new Script.Call(RedisKeys.WORDS, RedisKeys.SOURCES, RedisKeys.SOURCE).add(MOST);
        for (Known.Source source : known.sources()) {
            call.add(source.state().source()).add(source.stamp()).add(source.state().version());
        }
        return call;
    }

    /** The stamp of the newest word, before anything else was read. */
    String words() {
        return answer.get(0).toString();
    }

    boolean isPartial() {
        return answer.get(1).toInteger() != 0;
    }

    void applyTo(Known known) {
        Set<String> names = new HashSet<>();
        answer.get(2).forEach(name -> names.add(name.toString()));
        known.keepOnly(names);
        answer.get(3).forEach(moved -> {
            String name = moved.get(0).toString();
            known.put(name, new Known.Source(moved.get(1).toString(), Projection.of(state(name, moved, known.of(name)))));
        });
    }

    private static SourceState state(String name, Response moved, Known.Source former) {
        boolean whole = moved.get(4).toInteger() != 0;
        StateDraft draft = new StateDraft(whole ? SourceState.unheard(name) : former.state());
        Response fields = moved.get(5);
        for (int i = 0; i < fields.size(); i += 2) {
            Response value = fields.get(i + 1);
            draft.read(fields.get(i).toString(), value == null ? null : value.toString());
        }
        return draft.state(moved.get(2).toLong(), moved.get(3).toString());
    }
}
