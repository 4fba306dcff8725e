package dev.heartbeat.web;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import dev.heartbeat.model.Printable;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** What becomes of a request that fails? It is logged here, once, and its sender is told no more than what it can act on. */
public final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int SERVER_FAULT = 500;

    /** What a resource refuses, or what no resource takes, unless the resource has said it in its own words. */
    @ServerExceptionMapper
    public Response refused(WebApplicationException refused, HttpServerRequest request) {
        Response response = refused.getResponse();
        if (response.getStatus() < 400 || response.hasEntity()) {
            return response;
        }
        return Response.fromResponse(response).entity(of(response.getStatus(), request).json(request.path()))
                .type(Problem.MEDIA_TYPE).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** What nobody expected. */
    @ServerExceptionMapper
    public Response failed(Throwable failure, HttpServerRequest request) {
        return Response.status(SERVER_FAULT).entity(log(failure, request).json(request.path())).type(Problem.MEDIA_TYPE)
                .build();
    }

    /** Answers what failed on the way to, or inside, a route. */
    static void answer(RoutingContext context, Throwable failure) {
        if (failure instanceof Problem.Refusal refusal) {
            refusal.problem().send(context);
        } else {
            log(failure, context.request()).send(context);
        }
    }

    /** What to say of an answer that is nothing but a status. */
    static Problem of(int status, HttpServerRequest request) {
        return new Problem(status, switch (status) {
            case 404 -> "nothing is served here; /q/openapi tells what is, and where";
            case 405 -> request.method() + " is not answered here";
            case 406 -> "what the header Accept asks for is not made here";
            case 400 -> "the address or a parameter is malformed";
            default -> status < SERVER_FAULT ? "the request was refused" : "the request could not be answered";
        });
    }

    private static Problem log(Throwable failure, HttpServerRequest request) {
        LOG.errorf(failure, "%s %s failed", request.method(), Printable.text(request.path()));
        return new Problem(SERVER_FAULT, "something went wrong in here; the log says what");
    }
}
