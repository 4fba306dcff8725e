package dev.heartbeat.store;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** How is Redis asked, so that an answer comes or a fault, and never nothing? */
final class RedisLink {
    /** A Redis that does not answer within this is away. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<Redis> redis;
    private final Duration patience;

    /** Connects with the first command; {@code redis} is not called before. */
    RedisLink(Supplier<Redis> redis, Duration patience) {
        this.redis = redis;
        this.patience = patience;
    }

    /** The answer, null where Redis has none; fails when Redis refuses, is away, or is silent. */
    Uni<Response> send(Request request) {
        return Uni.createFrom().deferred(() -> redis.get().send(io.vertx.mutiny.redis.client.Request.newInstance(request)))
                .ifNoItem().after(patience).failWith(this::silence);
    }

    /** Runs a script by its name; by its text where Redis has forgotten it, which a restart makes it do. */
    Uni<Response> run(Script script, Script.Call call) {
        return send(call.request(Command.EVALSHA, script.sha()))
                .onFailure(RedisLink::isForgotten).recoverWithUni(() -> send(call.request(Command.EVAL, script.text())));
    }

    static Request command(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return request;
    }

    /** Whether Redis answered with an error of that first word. */
    static boolean is(Throwable fault, String code) {
        return fault.getMessage() != null && fault.getMessage().startsWith(code);
    }

    private static boolean isForgotten(Throwable fault) {
        return is(fault, "NOSCRIPT");
    }

    private TimeoutException silence() {
        return new TimeoutException("Redis did not answer within " + patience.toMillis() + " ms");
    }
}
