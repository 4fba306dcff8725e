package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.RabbitServer;

class TlsIT {
    private static final Certificates OURS = RabbitServer.certificates();
    private final RabbitServer server = RabbitServer.own();
    private final Rig rig = new Rig(server);

    @AfterEach
    void close() {
        rig.close();
    }

    private Rig tls(String host, Path authority) {
        return rig.with("tls", "TRUE").with("tls-port", server.tlsPort()).with("host", host).with("ca-cert-path", authority);
    }

    private String refusal() {
        rig.sender();
        return rig.awaitDown(Links.Side.OUT);
    }

    @Test
    void aPrivateAuthorityIsTrusted() {
        tls("localhost", OURS.authority());
        Rig.Sender sender = rig.sender();
        rig.awaitUp(Links.Side.OUT);
        sender.send(new byte[1]).join();
        assertThat(rig.ready(Rig.QUEUE)).isOne();
    }

    @Test
    void aClientCertificateIsPresented() {
        Certificates.Pair client = OURS.client("tester");
        tls("localhost", OURS.authority()).with("client-cert-path", client.certificate()).with("client-key-path", client.key());
        rig.sender();
        rig.awaitUp(Links.Side.OUT);
        await().atMost(Rig.PATIENCE).until(() -> {
            for (var connection : server.admin().get("connections")) {
                if (connection.path("peer_cert_subject").asText().contains("tester")) {
                    return true;
                }
            }
            return false;
        });
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        server.present(OURS.server("dns:other.example"));
        tls("localhost", OURS.authority());
        assertThat(refusal()).startsWith("the broker's certificate is not for localhost (RABBITMQ_HOST): ");
    }

    @Test
    void anAddressMustStandInTheCertificate() {
        tls("127.0.0.1", OURS.authority());
        assertThat(refusal()).startsWith("the broker's certificate is not for 127.0.0.1 (RABBITMQ_HOST): ");
        server.present(OURS.server("ip:127.0.0.1"));
        rig.awaitUp(Links.Side.OUT);
    }

    @Test
    void anUnknownAuthorityIsRefused() {
        Certificates others = Certificates.create();
        tls("localhost", others.authority());
        assertThat(refusal()).isEqualTo("the broker's certificate is signed by nobody whom " + others.authority()
                + " (RABBITMQ_CA_CERT_PATH) trusts");
    }

    @Test
    void withoutAuthorityTheSystemsAreAsked() {
        tls("localhost", Path.of(""));
        assertThat(refusal()).isEqualTo("the broker's certificate is signed by nobody whom the system trusts");
    }

    @Test
    void anExpiredCertificateIsRefused() {
        server.present(OURS.expired("dns:localhost"));
        tls("localhost", OURS.authority());
        assertThat(refusal()).startsWith("the broker's certificate is not valid today");
    }

    @Test
    void theWrongKindOfPortIsSaidInWords() {
        tls("localhost", OURS.authority()).with("tls-port", server.port());
        assertThat(refusal()).contains("amqps://localhost:" + server.port());
        rig.disconnect();
        rig.with("tls", "yes").with("port", server.tlsPort());
        rig.receiver(1);
        assertThat(rig.awaitDown(Links.Side.IN)).contains("RABBITMQ_TLS=true?");
    }
}
