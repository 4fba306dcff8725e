package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.heartbeat.services.Certificates;
import io.vertx.core.Vertx;

class TrustTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Certificates CERTIFICATES = Certificates.create();

    @TempDir
    Path folder;

    private static Trust trust(Map<String, String> settings) {
        return new Trust(VERTX, Rig.config(settings));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Map<String, String> authority(Object path) {
        return Map.of("rabbitmq.ca-cert-path", path.toString());
    }

    @Test
    void withoutSettingsTheSystemIsTrusted() {
        Trust trust = trust(Map.of());
        assertThat(trust.trustOptions()).isNull();
        assertThat(trust.keyCertOptions()).isNull();
        assertThat(trust.sslContext().getProtocol()).isEqualTo("TLS");
    }

    @Test
    void aBundleOfSeveralAuthoritiesIsRead() throws IOException {
        Path bundle = file("bundle.pem", Files.readString(CERTIFICATES.authority())
                + Files.readString(Certificates.create().authority()));
        assertThat(trust(authority(bundle)).sslContext()).isNotNull();
    }

    @Test
    void everyKindOfKeyIsRead() throws Exception {
        for (String[] command : new String[][] { { "ecparam", "-name", "prime256v1", "-genkey", "-noout" },
                { "genrsa", "-traditional" },
                { "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256" } }) {
            Path key = folder.resolve("key.pem");
            Path certificate = folder.resolve("cert.pem");
            openssl(command, "-out", key.toString());
            openssl(new String[] { "req", "-x509", "-key", key.toString(), "-subj", "/CN=x" }, "-out", certificate.toString());
            assertThat(trust(Map.of("rabbitmq.client-cert-path", certificate.toString(), "rabbitmq.client-key-path",
                    key.toString())).sslContext()).isNotNull();
        }
    }

    private static void openssl(String[] command, String... rest) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("openssl").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.command().addAll(List.of(command));
        builder.command().addAll(List.of(rest));
        assertThat(builder.start().waitFor()).isZero();
    }

    @Test
    void faultsNameTheVariableThePathAndWhatIsWrong() throws IOException {
        assertThat(Trust.faults(Rig.config(authority("/no/such.pem"))))
                .containsExactly("RABBITMQ_CA_CERT_PATH=/no/such.pem: there is no such file");
        assertThat(Trust.faults(Rig.config(authority(folder))))
                .containsExactly("RABBITMQ_CA_CERT_PATH=" + folder + ": is not a file");
        Path empty = file("empty.pem", "hello");
        assertThatThrownBy(() -> trust(authority(empty)).sslContext())
                .hasMessage("RABBITMQ_CA_CERT_PATH=" + empty + ": holds no certificate in PEM form");
        Path garbled = file("garbled.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> trust(authority(garbled)).sslContext())
                .hasMessageStartingWith("RABBITMQ_CA_CERT_PATH=" + garbled + ": can not be understood: ");
    }

    @Test
    void certificateAndKeyBelongTogether() {
        Certificates.Pair pair = CERTIFICATES.client("c");
        assertThat(Trust.faults(Rig.config(Map.of("rabbitmq.client-cert-path", pair.certificate().toString()))))
                .containsExactly("RABBITMQ_CLIENT_CERT_PATH and RABBITMQ_CLIENT_KEY_PATH must be set together");
        assertThat(Trust.faults(Rig.config(Map.of("rabbitmq.client-cert-path", pair.certificate().toString(),
                "rabbitmq.client-key-path", pair.certificate().toString()))))
                .containsExactly("RABBITMQ_CLIENT_KEY_PATH=" + pair.certificate() + ": holds no private key in PEM form");
    }
}
