package dev.heartbeat.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.heartbeat.model.Projection;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.StateCodec;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;
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
        Map<Target, TargetState> targets = whole ? new HashMap<>() : new HashMap<>(former.state().targets());
        Response fields = moved.get(5);
        for (int i = 0; i < fields.size(); i += 2) {
            Target target = StateCodec.target(fields.get(i).toString());
            Response state = fields.get(i + 1);
            if (target != null && state != null) {
                targets.put(target, StateCodec.state(state.toString()));
            } else if (target != null) {
                targets.remove(target);
            }
        }
        return StateCodec.state(name, moved.get(2).toLong(), moved.get(3).toString(), targets);
    }
}
