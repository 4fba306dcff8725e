package dev.heartbeat.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

import jakarta.enterprise.context.ApplicationScoped;

import dev.heartbeat.model.Printable;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;

/** Whom do we trust, and who are we, wherever TLS is spoken: to the broker, to its management API, to probed addresses? */
@ApplicationScoped
public class Trust {
    private static final String AUTHORITIES = "RABBITMQ_CA_CERT_PATH";
    private static final String CERTIFICATE = "RABBITMQ_CLIENT_CERT_PATH";
    private static final String KEY = "RABBITMQ_CLIENT_KEY_PATH";

    private final Vertx vertx;
    private final RabbitConfig config;

    public Trust(Vertx vertx, RabbitConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /** What is wrong with the files, each naming the variable and the path; empty when all is well. */
    public static List<String> faults(RabbitConfig config) {
        List<String> faults = new ArrayList<>();
        pem(config.caCertPath()).ifPresent(path -> check(AUTHORITIES, path, "CERTIFICATE-----", "certificate", faults));
        pem(config.clientCertPath()).ifPresent(path -> check(CERTIFICATE, path, "CERTIFICATE-----", "certificate", faults));
        pem(config.clientKeyPath()).ifPresent(path -> check(KEY, path, "PRIVATE KEY-----", "private key", faults));
        if (pem(config.clientCertPath()).isPresent() != pem(config.clientKeyPath()).isPresent()) {
            faults.add(CERTIFICATE + " and " + KEY + " must be set together");
        }
        return faults;
    }

    /** The authorities; null for the system's. */
    public TrustOptions trustOptions() {
        return pem(config.caCertPath()).map(path -> new PemTrustOptions().addCertPath(path)).orElse(null);
    }

    /** Our certificate and its key; null for none. */
    public KeyCertOptions keyCertOptions() {
        return pem(config.clientCertPath())
                .map(path -> new PemKeyCertOptions().addCertPath(path).addKeyPath(config.clientKeyPath().orElseThrow()))
                .orElse(null);
    }

    /** Both in the JDK's terms. Whoever uses it must ask for the verification of the host name. */
    public SSLContext sslContext() {
        List<String> faults = faults(config);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private TrustManager[] trustManagers() {
        try {
            TrustOptions options = trustOptions();
            return options == null ? null : options.getTrustManagerFactory(vertx).getTrustManagers();
        } catch (Exception e) {
            throw unreadable(AUTHORITIES, config.caCertPath(), e);
        }
    }

    private KeyManager[] keyManagers() {
        try {
            KeyCertOptions options = keyCertOptions();
            return options == null ? null : options.getKeyManagerFactory(vertx).getKeyManagers();
        } catch (Exception e) {
            throw unreadable(CERTIFICATE + " or " + KEY, config.clientCertPath(), e);
        }
    }

    private static IllegalArgumentException unreadable(String variable, Optional<String> path, Exception cause) {
        return new IllegalArgumentException(
                variable + "=" + path.orElse("") + ": can not be understood: " + Printable.text(cause.getMessage()), cause);
    }

    private static Optional<String> pem(Optional<String> path) {
        return path.map(String::strip).filter(value -> !value.isEmpty());
    }

    /** What is wrong with a PEM file of certificates, in words; null when nothing is. */
    public static String certificateFault(String path) {
        return fault(Path.of(path.strip()), "CERTIFICATE-----", "certificate");
    }

    /** What is wrong with a PEM file of a private key, in words; null when nothing is. */
    public static String keyFault(String path) {
        return fault(Path.of(path.strip()), "PRIVATE KEY-----", "private key");
    }

    private static void check(String variable, String path, String mark, String what, List<String> faults) {
        String fault = fault(Path.of(path), mark, what);
        if (fault != null) {
            faults.add(variable + "=" + path + ": " + fault);
        }
    }

    private static String fault(Path path, String mark, String what) {
        if (!Files.exists(path)) {
            return "there is no such file";
        }
        if (!Files.isRegularFile(path)) {
            return "is not a file";
        }
        try {
            String text = Files.readString(path, StandardCharsets.ISO_8859_1);
            return text.contains("-----BEGIN ") && text.contains(mark) ? null : "holds no " + what + " in PEM form";
        } catch (IOException e) {
            return "can not be read";
        }
    }
}
