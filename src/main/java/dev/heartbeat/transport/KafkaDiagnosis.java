package dev.heartbeat.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

import dev.heartbeat.model.Printable;

/**
 * Which address is it that fails? Kafka's client only says that time is up. Goes its way step by step: to an address that was
 * given to us, from there to those that the broker tells everybody to come to.
 */
final class KafkaDiagnosis {
    private static final int STEP_MILLIS = 3000;
    private final KafkaConfig config;
    private final KafkaBroken broken;

    KafkaDiagnosis(KafkaConfig config, KafkaBroken broken) {
        this.config = config;
        this.broken = broken;
    }

    /** What is wrong, in words; null when every step succeeds. */
    String of(Map<String, Object> settings) {
        List<String> faults = new ArrayList<>();
        for (String server : config.bootstrapServers().split(",")) {
            String fault = from(server.strip(), settings);
            if (fault == null) {
                return null;
            }
            faults.add(fault);
        }
        return String.join("; ", faults);
    }

    private String from(String server, Map<String, Object> settings) {
        int colon = server.lastIndexOf(':');
        Node first = new Node(-1, server.substring(0, colon).replaceAll("[\\[\\]]", ""),
                Integer.parseInt(server.substring(colon + 1)));
        ManualMetadataUpdater nodes = new ManualMetadataUpdater(List.of(first));
        try (Metrics metrics = new Metrics();
                NetworkClient client = ClientUtils.createNetworkClient(new AdminClientConfig(settings), config.clientId(),
                        metrics, "diagnosis", new LogContext(), new ApiVersions(), Time.SYSTEM, 1, STEP_MILLIS, nodes,
                        new DefaultHostResolver())) {
            String fault = reach(client, first);
            return fault != null ? server + " (KAFKA_BOOTSTRAP_SERVERS) " + fault : advertised(client, nodes, first, server);
        } catch (IOException e) {
            return server + " (KAFKA_BOOTSTRAP_SERVERS) breaks the connection off" + hint();
        }
    }

    private String advertised(NetworkClient client, ManualMetadataUpdater nodes, Node first, String server)
            throws IOException {
        MetadataResponse metadata = (MetadataResponse) NetworkClientUtils.sendAndReceive(client,
                client.newClientRequest(first.idString(), new MetadataRequest.Builder(List.of(), false),
                        Time.SYSTEM.milliseconds(), true),
                Time.SYSTEM).responseBody();
        Collection<Node> brokers = metadata.brokers();
        nodes.setNodes(List.copyOf(brokers));
        List<String> faults = new ArrayList<>();
        for (Node broker : brokers) {
            String fault = reach(client, broker);
            if (fault != null) {
                faults.add(Printable.text(broker.host()) + ":" + broker.port() + ", " + fault);
            }
        }
        return faults.isEmpty() ? null
                : "the broker at " + server + " (KAFKA_BOOTSTRAP_SERVERS) answers, but the address that it"
                        + " advertises, " + String.join("; ", faults) + " (advertised.listeners in the broker's settings)";
    }

    /** Null when it can be talked to. */
    private String reach(NetworkClient client, Node node) {
        String unreachable = connect(node);
        if (unreachable != null) {
            return unreachable;
        }
        try {
            boolean ready = NetworkClientUtils.awaitReady(client, node, Time.SYSTEM, STEP_MILLIS);
            return ready ? null : "does not answer in time" + hint();
        } catch (AuthenticationException e) {
            return "can not be used: " + broken.inWords(e);
        } catch (IOException e) {
            return "breaks the connection off" + hint();
        }
    }

    private String hint() {
        return KafkaSettings.protocol(config.securityProtocol(), config.sslCaFile()).endsWith("SSL")
                ? " (does this port speak TLS?)"
                : " (does this port want another KAFKA_SECURITY_PROTOCOL?)";
    }

    private static String connect(Node node) {
        InetSocketAddress address = new InetSocketAddress(node.host(), node.port());
        if (address.isUnresolved()) {
            return "can not be reached: its host is not known here";
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, STEP_MILLIS);
            return null;
        } catch (SocketTimeoutException e) {
            return "can not be reached: no answer in time";
        } catch (IOException e) {
            return "can not be reached: " + Printable.text(e.getMessage());
        }
    }
}
