package dev.heartbeat.probe;

import java.net.ProtocolException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import javax.net.ssl.SSLPeerUnverifiedException;

import dev.heartbeat.model.WebsiteSpec;
import io.netty.handler.codec.DecoderException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;

/** Where does one question to a website end, redirects followed? */
final class Visit {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final WebsiteSpec spec;
    private final RequestHead head;
    private final HttpDialer dialer;
    private final Context context;
    private final Opened opened = new Opened();
    private final long began = System.nanoTime();
    private Instant certificateExpiry;

    Visit(WebsiteSpec spec, RequestHead head, HttpDialer dialer, Context context) {
        this.spec = spec;
        this.head = head;
        this.dialer = dialer;
        this.context = context;
    }

    /**
     * What did the last address say?
     *
     * @param hop the request that it answers
     * @param response paused, its body unread
     * @param latency from the question to the head of this answer
     * @param certificateExpiry the earliest of all hops' certificates; null without TLS
     */
    record Arrival(Hop hop, HttpClientResponse response, Duration latency, Instant certificateExpiry) {
    }

    Uni<Arrival> arrive(Hop first) {
        return go(first, spec.redirects());
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Closes all that it opened; may be called at any time, on any thread. */
    void end() {
        opened.close();
    }

    private Uni<Arrival> go(Hop hop, int left) {
        return dialer.dial(spec, hop, head, context, opened)
                .chain(request -> send(request).onFailure(Visit::isNoHttp)
                        .transform(failure -> new ProtocolException(hop.where() + " does not speak HTTP")))
                .onFailure().transform(failure -> new FailedAt(hop.where(),
                        failure instanceof FailedAt ? failure.getCause() : failure))
                .chain(response -> arrived(hop, response, left));
    }

    private Uni<Arrival> arrived(Hop hop, HttpClientResponse response, int left) {
        HttpConnection connection = response.request().connection();
        note(connection);
        String location = response.getHeader(HttpHeaders.LOCATION);
        if (spec.redirects() == 0 || location == null || !REDIRECTS.contains(response.statusCode())) {
            return Uni.createFrom().item(new Arrival(hop, response, elapsed(), certificateExpiry));
        }
        connection.close();
        try {
            if (left == 0) {
                throw new ProtocolException("more than " + spec.redirects() + " redirects");
            }
            return go(hop.follow(response.statusCode(), location), left - 1);
        } catch (ProtocolException e) {
            return Uni.createFrom().failure(e);
        }
    }

    private void note(HttpConnection connection) {
        if (!connection.isSsl()) {
            return;
        }
        try {
            Certificate leaf = connection.peerCertificates().get(0);
            if (leaf instanceof X509Certificate x509) {
                Instant end = x509.getNotAfter().toInstant();
                certificateExpiry = certificateExpiry == null || end.isBefore(certificateExpiry) ? end : certificateExpiry;
            }
        } catch (SSLPeerUnverifiedException e) {
            // A handshake without a certificate: there is nothing to note.
        }
    }

    /** What the decoder itself complains of; a broken TLS record is the cause of its complaint. */
    private static boolean isNoHttp(Throwable failure) {
        return failure instanceof IllegalArgumentException || failure instanceof DecoderException && failure.getCause() == null;
    }

    private static Uni<HttpClientResponse> send(HttpClientRequest request) {
        return Uni.createFrom().emitter(emitter -> request.send()
                .onSuccess(response -> {
                    response.pause().exceptionHandler(later -> {
                    });
                    emitter.complete(response);
                })
                .onFailure(emitter::fail));
    }
}
