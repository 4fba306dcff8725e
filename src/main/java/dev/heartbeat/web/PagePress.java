package dev.heartbeat.web;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;

/**
 * How is a page made without standing in anybody's way? One at a time, off the event loop: the memory that it takes is that of
 * one page, however many browsers ask.
 */
@Singleton
public class PagePress {
    private static final String HTML = MediaType.TEXT_HTML + ";charset=UTF-8";
    private static final String SVG = "image/svg+xml;charset=UTF-8";

    private final WorkerExecutor worker;

    PagePress(Vertx vertx) {
        this.worker = vertx.createSharedWorkerExecutor("page", 1);
    }

    void end(@Observes ShutdownEvent event) {
        worker.close();
    }

    /**
     * What came out of the press.
     *
     * @param tag tells this content from every other
     */
    record Sheet(int status, String type, byte[] body, String tag) {
        static Sheet html(int status, String text) {
            return of(status, HTML, text);
        }

        static Sheet svg(int status, String text) {
            return of(status, SVG, text);
        }

        private static Sheet of(int status, String type, String text) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            CRC32C print = new CRC32C();
            print.update(body);
            // Weak: the same page may come compressed or not.
            return new Sheet(status, type, body, "W/\"" + Long.toHexString(print.getValue()) + "-" + body.length + "\"");
        }

        /** The answer to a browser that has what these tags tell; null when it has nothing. */
        Response answer(String tags) {
            boolean known = status == Response.Status.OK.getStatusCode() && tags != null && tags.contains(tag);
            Response.ResponseBuilder answer = known ? Response.notModified()
                    : Response.status(status).type(type).entity(body);
            return answer.header("ETag", tag).header("Cache-Control", "no-cache").build();
        }
    }

    /** Made once all that were asked for before are done; a failure is the caller's. */
    Uni<Sheet> print(Supplier<Sheet> sheet) {
        return Uni.createFrom().completionStage(
                () -> worker.executeBlocking(sheet::get).toCompletionStage());
    }
}
