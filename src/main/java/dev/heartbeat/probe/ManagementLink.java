package dev.heartbeat.probe;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import dev.heartbeat.transport.RabbitAddress;
import dev.heartbeat.transport.RabbitConfig;
import dev.heartbeat.transport.Trust;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;

/** How is the management API reached? On a few kept connections, as the broker's user, and not while it asks for quiet. */
final class ManagementLink {
    static final int CONNECTIONS = 4;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Less than the minute after which the broker closes a connection: a request must not meet that end. */
    private static final Duration KEEP = Duration.ofSeconds(20);

    private final HttpClient client;
    private final RabbitAddress address;
    private final String authorization;
    private final Quiet quiet = new Quiet();
    private final AtomicLong requests = new AtomicLong();
    private final ManagementMeters meters;

    ManagementLink(Vertx vertx, RabbitConfig config, Trust trust, MeterRegistry registry) {
        this.address = RabbitAddress.of(config);
        this.authorization = "Basic " + Base64.getEncoder()
                .encodeToString((config.user() + ':' + config.pass()).getBytes(StandardCharsets.UTF_8));
        this.meters = new ManagementMeters(requests, registry);
        this.client = vertx.createHttpClient(address.tls() ? secured(options(), trust) : options());
    }

    private static HttpClientOptions options() {
        return new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS)
                .setConnectTimeout((int) CONNECT.toMillis())
                .setKeepAliveTimeout((int) KEEP.toSeconds());
    }

    private static HttpClientOptions secured(HttpClientOptions options, Trust trust) {
        return options.setSsl(true).setVerifyHost(true)
                .setTrustOptions(trust.trustOptions())
                .setKeyCertOptions(trust.keyCertOptions());
    }

    /** What the reading learns from the answer; fails with a {@link ManagementFailure}. */
    <T> Uni<T> get(String path, Supplier<Reading<T>> reading) {
        return Uni.createFrom().emitter(emitter -> send(path, reading.get(), emitter));
    }

    private <T> void send(String path, Reading<T> reading, UniEmitter<? super T> emitter) {
        Duration left = quiet.left();
        if (left.compareTo(Duration.ZERO) > 0) {
            emitter.fail(new ManagementFailure("not asked: " + address() + " answered 503, and is asked again in "
                    + (left.toSeconds() + 1) + " s"));
            return;
        }
        requests.incrementAndGet();
        RequestOptions options = new RequestOptions().setHost(address.host()).setPort(address.managementPort())
                .setURI("/api/" + path)
                .putHeader("Accept", "application/json").putHeader("Authorization", authorization);
        long began = System.nanoTime();
        ManagementRequest<T> request = new ManagementRequest<>(address(), reading, this::refusal, emitter);
        request.send(client, options, answered -> meters.ended(System.nanoTime() - began, answered, request.length()));
    }

    private ManagementFailure refusal(HttpClientResponse response, String reason) {
        if (response.statusCode() == 503) {
            quiet.ask(response.getHeader("Retry-After"));
        }
        return new ManagementFailure(response.statusCode(),
                address() + " answered " + response.statusCode() + (reason == null ? "" : ": " + reason));
    }

    String address() {
        return (address.tls() ? "https://" : "http://") + address.host() + ':' + address.managementPort();
    }

    long requests() {
        return requests.get();
    }

    void close() {
        client.close();
    }
}
