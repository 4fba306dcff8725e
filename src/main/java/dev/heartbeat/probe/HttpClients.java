package dev.heartbeat.probe;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import dev.heartbeat.model.WebsiteSpec;
import dev.heartbeat.model.WebsiteSpec.Tls;
import dev.heartbeat.transport.Trust;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;

/**
 * Which client asks with which trust? One for each distinct setting, for as long as something is asked with it; none of them
 * keeps a connection.
 */
final class HttpClients {
    /** Pages with long cookies and policies are no fault. */
    private static final int HEADER_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final Trust trust;
    private final Map<Setting, Client> clients = new HashMap<>();
    /** What each probe asks for, by the files that hold its certificates as they were then; empty before there was any. */
    private final Map<Object, Map<Need, String>> needs = new LinkedHashMap<>();

    HttpClients(Vertx vertx, Trust trust) {
        this.vertx = vertx;
        this.trust = trust;
    }

    /**
     * @param tls without the name of the server, which differs from one address to the other
     * @param timeout bounds the connect and the handshake that outlive a cancelled check
     */
    private record Need(Tls tls, Duration timeout) {
        static Need of(WebsiteSpec spec) {
            Tls tls = spec.tls();
            return new Need(new Tls(tls.verify(), tls.caCertPath(), null, tls.clientCertPath(), tls.clientKeyPath()),
                    spec.pace().timeout());
        }
    }

    /**
     * @param print of the files
     * @param named whether the peer is told for which name we came: it is not where that is an IP address
     */
    private record Setting(Need need, String print, boolean named) {
    }

    /** A client, until nobody has it any more who was given it. */
    final class Client {
        private final Setting setting;
        private final HttpClient http;
        private int holders;

        private Client(Setting setting) {
            this.setting = setting;
            this.http = make(setting);
        }

        HttpClient http() {
            return http;
        }

        void giveBack() {
            synchronized (HttpClients.this) {
                holders--;
            }
            closeUnneeded(List.of(this));
        }
    }

    /** To be given back. */
    synchronized Client client(WebsiteSpec spec, boolean named) {
        Need need = Need.of(spec);
        String print = needs.values().stream().map(own -> own.get(need)).filter(Objects::nonNull).findFirst().orElse("");
        Client client = clients.computeIfAbsent(new Setting(need, print, named), Client::new);
        client.holders++;
        return client;
    }

    /**
     * Looks at the files of these, which are all that {@code who} asks for. Once it has turned, they are asked with what was
     * seen there, and what
     * nobody asks with any more is closed.
     */
    Runnable follow(Object who, List<WebsiteSpec> specs) {
        PemPrints prints = new PemPrints(trust);
        Map<Need, String> own = new HashMap<>();
        specs.forEach(spec -> own.computeIfAbsent(Need.of(spec), need -> prints.of(need.tls())));
        return () -> {
            List<Client> all;
            synchronized (this) {
                needs.put(who, own);
                all = List.copyOf(clients.values());
            }
            closeUnneeded(all);
        };
    }

    private void closeUnneeded(List<Client> some) {
        List<Client> unneeded;
        synchronized (this) {
            unneeded = some.stream().filter(client -> client.holders == 0 && !isNeeded(client.setting)
                    && clients.remove(client.setting, client)).toList();
        }
        unneeded.forEach(client -> client.http.close());
    }

    private boolean isNeeded(Setting setting) {
        return needs.isEmpty() || needs.values().stream().anyMatch(own -> setting.print.equals(own.get(setting.need)));
    }

    synchronized int count() {
        return clients.size();
    }

    synchronized void close() {
        clients.values().forEach(client -> client.http.close());
    }

    private HttpClient make(Setting setting) {
        int millis = (int) Math.max(1, Math.min(setting.need.timeout().toMillis(), Integer.MAX_VALUE));
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(false)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(HEADER_BYTES)
                .setMaxInitialLineLength(HEADER_BYTES)
                .setForceSni(setting.named)
                .setConnectTimeout(millis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(millis);
        trust(options, setting.need.tls());
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
