package dev.heartbeat.watch;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.heartbeat.model.WebAddress;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/**
 * How is JSON posted to an address that is a secret? On a connection of its own, which trusts what the system trusts and checks
 * the name; a redirect is not followed, because nobody said that the alert may go there.
 */
final class Post {
    private final HttpClient client;
    private final Duration timeout;

    Post(Vertx vertx, Duration timeout) {
        this.timeout = timeout;
        int millis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
        this.client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false).setVerifyHost(true)
                .setConnectTimeout(millis));
    }

    /** The address as it may be logged: scheme, host and port. */
    static String shown(URI url) {
        String authority = url.getRawAuthority();
        return url.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
    }

    /** Completes when the answer is a 2xx; fails with words that do not tell the address. */
    Uni<Void> send(URI url, String json, String key) {
        AtomicBoolean over = new AtomicBoolean();
        return Uni.createFrom().<Integer> emitter(emitter -> client.request(options(url, key))
                .onSuccess(request -> send(request, json, over, emitter))
                .onFailure(emitter::fail))
                .ifNoItem().after(timeout).fail()
                .onTermination().invoke(() -> over.set(true))
                .chain(Post::accepted);
    }

    /** Who connects so late that it was given up must not post: it is posted again. */
    private static void send(HttpClientRequest request, String json, AtomicBoolean over, UniEmitter<? super Integer> emitter) {
        emitter.onTermination(() -> request.connection().close());
        if (over.get()) {
            request.connection().close();
            return;
        }
        request.send(Buffer.buffer(json))
                .map(HttpClientResponse::statusCode)
                .onSuccess(status -> {
                    emitter.complete(status);
                    request.connection().close();
                })
                .onFailure(emitter::fail);
    }

    private static Uni<Void> accepted(int status) {
        return status >= 200 && status < 300 ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(new RefusedException("it answers " + status
                        + (status >= 300 && status < 400 ? ", and redirects are not followed" : "")));
    }

    private static RequestOptions options(URI url, String key) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setSsl(WebAddress.isSecure(url))
                .setHost(WebAddress.host(url)).setPort(WebAddress.port(url))
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.USER_AGENT, "heartbeat")
                .putHeader("Idempotency-Key", key);
        return url.getRawUserInfo() == null ? options
                : options.putHeader(HttpHeaders.AUTHORIZATION, basic(url.getRawUserInfo()));
    }

    private static String basic(String user) {
        String plain = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** The receiver said that it does not take it. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
