package dev.heartbeat.probe;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.heartbeat.model.WebsiteSpec.Tls;
import dev.heartbeat.transport.Trust;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;

/** Which client asks with which trust? One for each distinct setting; none of them keeps a connection. */
final class HttpClients {
    /** Pages with long cookies and policies are no fault. */
    private static final int HEADER_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final Trust trust;
    private final Map<Setting, HttpClient> clients = new ConcurrentHashMap<>();

    HttpClients(Vertx vertx, Trust trust) {
        this.vertx = vertx;
        this.trust = trust;
    }

    /**
     * @param named whether the peer is told for which name we came: it is not where that is an IP address
     * @param timeout bounds the connect and the handshake that outlive a cancelled check
     */
    private record Setting(Tls tls, boolean named, Duration timeout) {
    }

    HttpClient client(Tls tls, boolean named, Duration timeout) {
        Tls trusted = new Tls(tls.verify(), tls.caCertPath(), null, tls.clientCertPath(), tls.clientKeyPath());
        return clients.computeIfAbsent(new Setting(trusted, named, timeout), this::make);
    }

    void close() {
        clients.values().forEach(HttpClient::close);
    }

    private HttpClient make(Setting setting) {
        int millis = (int) Math.max(1, Math.min(setting.timeout().toMillis(), Integer.MAX_VALUE));
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(false)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(HEADER_BYTES)
                .setMaxInitialLineLength(HEADER_BYTES)
                .setForceSni(setting.named())
                .setConnectTimeout(millis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(millis);
        trust(options, setting.tls());
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(4 * HttpProbe.CONCURRENCY);
        return vertx.createHttpClient(options, pool);
    }

    private void trust(HttpClientOptions options, Tls tls) {
        options.setTrustAll(!tls.verify()).setVerifyHost(tls.verify());
        if (tls.caCertPath() != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(tls.caCertPath()));
        } else if (trust.trustOptions() != null) {
            options.setTrustOptions(trust.trustOptions());
        }
        if (tls.clientCertPath() != null) {
            options.setKeyCertOptions(
                    new PemKeyCertOptions().addCertPath(tls.clientCertPath()).addKeyPath(tls.clientKeyPath()));
        }
    }
}
