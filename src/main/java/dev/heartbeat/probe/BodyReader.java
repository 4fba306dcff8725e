package dev.heartbeat.probe;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;

/** What does a response say beyond its head? The beginning is enough, and all bodies together are bounded. */
final class BodyReader {
    /** How much of a body is read, and of a compressed one how much is unpacked. */
    static final int LIMIT = 256 * 1024;

    private final BodyBudget budget;

    BodyReader(BodyBudget budget) {
        this.budget = budget;
    }

    /**
     * Which bytes came?
     *
     * @param cut whether more would have come
     */
    record Body(byte[] bytes, boolean cut) {
    }

    /**
     * Reads the body and puts it to use, all within the budget.
     *
     * @param patience how long to wait for room
     * @param context where the response lives
     */
    <T> Uni<T> read(HttpClientResponse response, Duration patience, Executor context, Function<Body, Uni<T>> use) {
        Uni<T> work = Uni.createFrom().voidItem()
                .emitOn(context)
                .chain(() -> Uni.createFrom().<Body> emitter(emitter -> collect(response, emitter)))
                .chain(body -> use.apply(body));
        return budget.within(room(response), patience, work);
    }

    private static int room(HttpClientResponse response) {
        String length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? LIMIT : (int) Math.min(LIMIT, Long.parseLong(length));
        } catch (NumberFormatException e) {
            return LIMIT;
        }
    }

    private static void collect(HttpClientResponse response, UniEmitter<? super Body> emitter) {
        Buffer collected = Buffer.buffer();
        response.exceptionHandler(emitter::fail)
                .endHandler(end -> emitter.complete(new Body(collected.getBytes(), false)))
                .handler(chunk -> {
                    collected.appendBuffer(chunk, 0, Math.min(chunk.length(), LIMIT + 1 - collected.length()));
                    if (collected.length() > LIMIT) {
                        response.pause();
                        emitter.complete(new Body(collected.getBytes(0, LIMIT), true));
                    }
                })
                .resume();
    }
}
