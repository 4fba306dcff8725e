package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.Ports;
import dev.heartbeat.services.Program;

/** Does a program that serves over TLS and in no other way do all that it says? */
@SuppressWarnings("try")
class HttpsOnlyIT {
    private static final int PATIENCE_MILLIS = 60_000;
    @TempDir
    Path folder;
    private final Certificates certificates = Certificates.create();
    private final int port = Ports.free();

    @ParameterizedTest
    @ValueSource(strings = { "publisher", "standalone" })
    void asksItsTargetsAndReadsThemAgain(String mode) throws Exception {
        try (ServerSocket watched = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Program program = start(mode,
                        "heartbeat: { hosts: [ { name: a, host: 127.0.0.1, port: " + watched.getLocalPort() + " } ] }")) {
            program.untilLog(mode + " runs");
            assertThat(program.log("see https://localhost:" + port + "/")).hasSize(1);
            watched.setSoTimeout(PATIENCE_MILLIS);
            watched.accept().close();
            assertThat(send("GET", "/q/health/live").statusCode()).isEqualTo(200);
            assertThat(send("POST", "/api/reload").body()).contains("\"unchanged\":1");
            assertThat(program.stop()).isZero();
        }
    }

    private Program start(String mode, String targets) throws IOException {
        Certificates.Pair pair = certificates.server("dns:localhost");
        return Program.start(folder, Map.of("HEARTBEAT_MODE", mode, "TARGETS_FILE",
                Files.writeString(folder.resolve("targets.yaml"), targets).toString(), "RABBITMQ_HOST", "127.0.0.1",
                "RABBITMQ_PORT", String.valueOf(Ports.free()), "QUARKUS_HTTP_INSECURE_REQUESTS", "disabled",
                "QUARKUS_HTTP_SSL_PORT", String.valueOf(port), "QUARKUS_HTTP_SSL_CERTIFICATE_FILES",
                pair.certificate().toString(), "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES", pair.key().toString()));
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        return HttpClient.newBuilder().sslContext(trust()).build().send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private SSLContext trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificates.authority())) {
            trusted.setCertificateEntry("authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
