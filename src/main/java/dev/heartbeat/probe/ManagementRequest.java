package dev.heartbeat.probe;

import java.io.IOException;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonToken;

import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;

/** What came back of one request? Read as it comes; closed at once when it is too long, or when nobody waits any more. */
final class ManagementRequest<T> {
    static final long LONGEST = 64L << 20;
    private static final int LONGEST_REASON = 4096;

    private final String address;
    private final UniEmitter<? super T> emitter;
    private final Reading<T> reading;
    private final BiFunction<HttpClientResponse, String, ManagementFailure> refusal;
    private volatile HttpClientRequest request;
    private volatile boolean over;
    private volatile boolean answered;
    private volatile long length;

    /** @param refusal what an answer other than 200 means, given the reason that its body names */
    ManagementRequest(String address, Reading<T> reading, BiFunction<HttpClientResponse, String, ManagementFailure> refusal,
            UniEmitter<? super T> emitter) {
        this.address = address;
        this.reading = reading;
        this.refusal = refusal;
        this.emitter = emitter;
    }

    /** @param ended is told once whether the question was answered, when it was, or when nobody waits any more */
    void send(HttpClient client, RequestOptions options, Consumer<Boolean> ended) {
        emitter.onTermination(() -> {
            close();
            ended.accept(answered);
        });
        client.request(options).onSuccess(this::opened).onFailure(this::fail);
    }

    /** How many bytes of the answer came. */
    long length() {
        return length;
    }

    private void opened(HttpClientRequest opened) {
        request = opened;
        if (over) {
            opened.reset();
        } else {
            opened.send().onSuccess(this::answered).onFailure(this::fail);
        }
    }

    private void answered(HttpClientResponse response) {
        response.exceptionHandler(this::fail);
        if (response.statusCode() == 200) {
            read(response);
        } else {
            readReason(response);
        }
    }

    private void read(HttpClientResponse response) {
        try {
            JsonWalk<T> walk = new JsonWalk<>(reading);
            response.handler(piece -> take(walk, piece));
            response.endHandler(ended -> end(walk));
        } catch (IOException e) {
            fail(e);
        }
    }

    private void take(JsonWalk<T> walk, Buffer piece) {
        length += piece.length();
        if (over) {
            return;
        }
        if (length > LONGEST) {
            fail(new ManagementFailure("the answer of " + address + " is longer than " + LONGEST + " bytes"));
            return;
        }
        try {
            walk.feed(piece.getBytes());
        } catch (IOException e) {
            fail(garbage());
        }
    }

    private void end(JsonWalk<T> walk) {
        if (over) {
            return;
        }
        try {
            T result = walk.end();
            over = true;
            answered = true;
            emitter.complete(result);
        } catch (IOException e) {
            fail(garbage());
        }
    }

    private ManagementFailure garbage() {
        return new ManagementFailure("the answer of " + address + " is not the JSON of RabbitMQ's management API");
    }

    private void readReason(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.handler(piece -> {
            body.appendBuffer(piece);
            if (body.length() > LONGEST_REASON) {
                fail(refusal.apply(response, null));
            }
        });
        response.endHandler(ended -> fail(refusal.apply(response, reason(body))));
    }

    /** The broker names its reason; what stands before it may not. */
    private static String reason(Buffer body) {
        try {
            Set<String> reasons = JsonWalk.read(body.getBytes(), new ValuesReading(JsonToken.START_OBJECT, "reason"));
            return reasons.isEmpty() ? null : reasons.iterator().next();
        } catch (IOException e) {
            return null;
        }
    }

    private void fail(Throwable failure) {
        if (!over) {
            close();
            emitter.fail(ManagementFailure.of(address, failure));
        }
    }

    private void close() {
        if (!over) {
            over = true;
            if (request != null) {
                request.reset();
            }
        }
    }
}
