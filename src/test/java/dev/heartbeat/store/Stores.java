package dev.heartbeat.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Transition;
import dev.heartbeat.services.RedisServer;
import dev.heartbeat.store.RedisFixture.Settings;
import io.vertx.redis.client.Command;

/** Where do the tests of other packages have stores from, and how do they make something happen there? */
public final class Stores {
    private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

    private Stores() {
    }

    /** A store in memory that keeps so many transitions. */
    public static StateStore memory(int outboxLength) {
        return new MemoryStore(Clock.systemUTC(), outboxLength);
    }

    /** Another subscriber's store on that server, every time; nobody else uses that number of a database. */
    public static StateStore redis(RedisServer server, int database, int outboxLength) {
        return RedisFixture.store(Settings.of(server).inDatabase(database).keeping(outboxLength));
    }

    /** Empties that database. */
    public static void flush(RedisServer server, int database) {
        RedisFixture.ask(RedisFixture.client(Settings.of(server).inDatabase(database)), Command.FLUSHDB);
    }

    /** To be given to a store: that these hosts of the source went down, one after the other, in one commit. */
    public static Function<SourceState, Change> fall(String... hosts) {
        return fall(List.of(hosts));
    }

    /** To be given to a store: that these hosts of the source went down, one after the other, in one commit. */
    public static Function<SourceState, Change> fall(List<String> hosts) {
        return state -> {
            List<Transition> transitions = new ArrayList<>();
            hosts.forEach(host -> transitions.add(new Transition(state.source(), new Target(Kind.HOST, host), Health.UP,
                    Health.DOWN, AT, Reason.UNREACHABLE, null)));
            SourceState next = new SourceState(state.source(), state.version() + 1,
                    SourceState.unheard(state.source()).speaker(), Map.of(), null, null,
                    List.of(), Map.of());
            return new Change(state, next, Set.of(), Map.of(), Set.of(), transitions);
        };
    }

    /** {@code name-from} to {@code name-(to - 1)}. */
    public static List<String> hosts(String name, int from, int to) {
        List<String> hosts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            hosts.add(name + "-" + i);
        }
        return hosts;
    }
}
