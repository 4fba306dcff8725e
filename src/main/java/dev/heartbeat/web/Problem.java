package dev.heartbeat.web;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * What is said to a program whose request can't be answered? RFC 9457.
 *
 * @param status the HTTP status code
 * @param detail what is wrong and what would be right, for a person; never what went on inside
 */
public record Problem(int status, String detail) {
    public static final String MEDIA_TYPE = "application/problem+json";
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Why a request is refused, thrown where the request is read. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        Refusal(Problem problem) {
            super(problem.detail(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    /** The request itself is wrong. */
    static Refusal badRequest(String detail) {
        return new Refusal(new Problem(400, detail));
    }

    static Refusal notFound(String detail) {
        return new Refusal(new Problem(404, detail));
    }

    /** As it is sent; {@code path} is the request's, still encoded. */
    public String json(String path) {
        return json(path, nothing -> {
        });
    }

    private String json(String path, Piece more) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", HttpResponseStatus.valueOf(status).reasonPhrase());
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            json.writeStringField("instance", path);
            more.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** Answers the request with it; does nothing where an answer has begun. */
    void send(RoutingContext context) {
        send(context, nothing -> {
        });
    }

    /** Likewise, with members of its own behind those that every problem has. */
    void send(RoutingContext context, Piece more) {
        HttpServerResponse response = context.response();
        if (response.headWritten() || response.ended()) {
            return;
        }
        String body = json(context.request().path(), more);
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (context.request().method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
