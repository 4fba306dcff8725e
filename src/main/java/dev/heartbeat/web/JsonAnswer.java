package dev.heartbeat.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * How does an answer of thousands of targets leave without standing in memory as a whole, and without holding up the event
 * loop? Some pieces at a time, the next ones once those have left.
 */
final class JsonAnswer {
    private static final int AT_ONCE = 16 * 1024;
    private static final JsonFactory FACTORY = new JsonFactory();

    private final RoutingContext context;
    private final Iterator<Piece> pieces;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(AT_ONCE + 1024);
    private final JsonGenerator json;

    private JsonAnswer(RoutingContext context, Iterator<Piece> pieces) throws IOException {
        this.context = context;
        this.pieces = pieces;
        // A writer, because it puts a sign in place of half a character, where the generator alone would break off.
        this.json = FACTORY.createGenerator(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    }

    /** Answers with what these pieces say, one after the other; begins at once. */
    static void send(RoutingContext context, int status, Iterator<Piece> pieces) {
        HttpServerResponse response = context.response();
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        // Quarkus puts "identity" there, so that only who takes it away is compressed.
        response.headers().remove(HttpHeaders.CONTENT_ENCODING);
        if (context.request().method() == HttpMethod.HEAD) {
            response.end();
            return;
        }
        try {
            new JsonAnswer(context, pieces).proceed();
        } catch (IOException e) {
            Problems.answer(context, e);
        }
    }

    /** Answers 200 with that one piece. */
    static void send(RoutingContext context, Piece whole) {
        send(context, 200, List.of(whole).iterator());
    }

    private void proceed() throws IOException {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            return;
        }
        bytes.reset();
        while (pieces.hasNext() && bytes.size() < AT_ONCE) {
            pieces.next().write(json);
        }
        if (!pieces.hasNext()) {
            json.close();
            response.end(Buffer.buffer(bytes.toByteArray()));
            return;
        }
        if (!response.headWritten()) {
            response.setChunked(true);
        }
        // Who goes away in the middle is no fault of ours; in a turn of its own, so that others have theirs.
        response.write(Buffer.buffer(bytes.toByteArray()))
                .onSuccess(written -> context.vertx().runOnContext(next -> goOn()));
    }

    /** The answer has begun and can't become a problem: it breaks off, so that nobody takes half of it for the whole. */
    private void goOn() {
        try {
            proceed();
        } catch (IOException | RuntimeException e) {
            Problems.answer(context, e);
            context.response().reset();
        }
    }
}
