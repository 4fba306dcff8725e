package dev.heartbeat.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.Printable;
import dev.heartbeat.model.Route;

/** Could a start use Kafka as it is? Goes to every broker and asks for topics and rights; creates nothing, joins no group. */
@ApplicationScoped
public class KafkaLegs {
    private static final String BROKER = "broker";
    private final KafkaConfig config;
    private final KafkaSettings settings;
    private final KafkaBroken broken;

    KafkaLegs(KafkaConfig config) {
        this.config = config;
        this.settings = new KafkaSettings(config);
        this.broken = new KafkaBroken(config);
    }

    /**
     * Blocks the caller until the brokers have answered all, or their time limits are over.
     *
     * @param written the topics that observations go to
     */
    public List<Leg> look(Set<String> written, List<Route> read) {
        String where = "Kafka at " + Printable.text(config.bootstrapServers());
        List<Leg> legs = new ArrayList<>();
        try {
            Map<String, Object> admin = settings.admin();
            String fault = new KafkaDiagnosis(config, broken).of(admin);
            if (fault != null) {
                return List.of(Leg.fault(BROKER, where + ": " + fault));
            }
            look(admin, where, written, read, legs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            legs.add(Leg.fault(BROKER, where + ": " + broken.inWords(e)));
        }
        return legs;
    }

    private void look(Map<String, Object> settingsOfAdmin, String where, Set<String> written, List<Route> read, List<Leg> legs)
            throws ExecutionException, InterruptedException {
        Admin admin = Admin.create(settingsOfAdmin);
        try {
            int brokers = admin.describeCluster().nodes().get().size();
            legs.add(Leg.ok(BROKER, where + ": " + brokers + (brokers == 1 ? " broker" : " brokers") + " within reach"));
            KafkaLook look = new KafkaLook(config, broken, admin);
            for (String topic : written) {
                legs.add(look.topic(topic, AclOperation.WRITE));
            }
            Set<String> topics = new LinkedHashSet<>(read.stream().map(Route::topic).toList());
            for (String topic : topics) {
                legs.add(look.topic(topic, AclOperation.READ));
                legs.add(look.parking(topic + KafkaParking.SUFFIX));
            }
            for (String group : new LinkedHashSet<>(read.stream().map(Route::group).toList())) {
                legs.add(look.group(group));
            }
        } finally {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
