package dev.heartbeat.services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import org.awaitility.Awaitility;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/** What does a collector of traces get? Speaks OTLP by gRPC and by HTTP, on one port of its own. */
public final class Collector implements AutoCloseable {
    private static final int FRAME = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** One span, and who told it. */
    public record Told(Span span, List<KeyValue> resource) {
        public String name() {
            return span.getName();
        }

        public ByteString trace() {
            return span.getTraceId();
        }

        public boolean isPartOf(Told parent) {
            return span.getParentSpanId().equals(parent.span.getSpanId()) && trace().equals(parent.trace());
        }

        /** Null when it has none of that name. */
        public Object attribute(String name) {
            return value(span.getAttributesList(), name);
        }

        public Object resource(String name) {
            return value(resource, name);
        }

        private static Object value(List<KeyValue> pairs, String name) {
            return pairs.stream().filter(pair -> pair.getKey().equals(name)).map(KeyValue::getValue)
                    .map(value -> value.hasIntValue() ? (Object) value.getIntValue() : value.getStringValue()).findFirst()
                    .orElse(null);
        }
    }

    private Collector(int port) {
        server = vertx.createHttpServer().requestHandler(this::take);
        server.listen(port, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    public static Collector open() {
        return openAt(0);
    }

    public static Collector openAt(int port) {
        return new Collector(port);
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            authorizations.add(String.valueOf(request.getHeader("authorization")));
            boolean http = request.path().equals("/v1/traces");
            take(http ? body.getBytes() : body.getBytes(FRAME, body.length()));
            byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            if (http) {
                request.response().putHeader("Content-Type", "application/x-protobuf").end(Buffer.buffer(answer));
            } else {
                request.response().putHeader("Content-Type", "application/grpc").setChunked(true)
                        .putTrailer("grpc-status", "0")
                        .end(Buffer.buffer().appendByte((byte) 0).appendInt(answer.length).appendBytes(answer));
            }
        });
    }

    private void take(byte[] bytes) {
        try {
            ExportTraceServiceRequest.parseFrom(bytes).getResourceSpansList()
                    .forEach(resource -> resource.getScopeSpansList().forEach(scope -> scope.getSpansList()
                            .forEach(span -> told.add(new Told(span, resource.getResource().getAttributesList())))));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public List<Told> told() {
        return List.copyOf(told);
    }

    /** What came in the header authorization, with each handing over. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** Waits for a span that is as asked. */
    public Told until(String what, Predicate<Told> asked) {
        return Awaitility.await(what).atMost(PATIENCE).until(
                () -> told.stream().filter(asked).findFirst().orElse(null), found -> found != null);
    }

    /** The span of which that one is a part. */
    public Told parent(Told part) {
        return until("the parent of " + part.name(), part::isPartOf);
    }

    /** The names of all spans from the beginning of its trace up to this one, as far as they are told. */
    public List<String> way(Told last) {
        List<String> way = new ArrayList<>();
        for (Told part = last; part != null;) {
            way.add(0, part.name());
            Told lower = part;
            part = told.stream().filter(lower::isPartOf).findFirst().orElse(null);
        }
        return way;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
