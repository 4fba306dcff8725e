package dev.heartbeat.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import dev.heartbeat.model.QueueSpec;
import dev.heartbeat.transport.RabbitConfig;
import io.vertx.core.Vertx;

/** Do queues have the consumers that they must have? Asks the broker's management API, once per vhost and round. */
@ApplicationScoped
class ConsumersProbe implements Probe<QueueSpec> {
    private final Vertx vertx;
    private final ManagementApi api;
    private final RabbitConfig config;

    ConsumersProbe(Vertx vertx, ManagementApi api, RabbitConfig config) {
        this.vertx = vertx;
        this.api = api;
        this.config = config;
    }

    @Override
    public Class<QueueSpec> spec() {
        return QueueSpec.class;
    }

    @Override
    public int concurrency() {
        return ManagementLink.CONNECTIONS;
    }

    /** One per vhost; vhosts with a listener in common share one, because a target has one finding. */
    @Override
    public List<Check> checks(List<QueueSpec> specs) {
        Map<String, List<QueueSpec>> byVhost = specs.stream()
                .collect(Collectors.groupingBy(this::vhost, LinkedHashMap::new, Collectors.toList()));
        List<ConsumersCheck> checks = new ArrayList<>();
        for (List<QueueSpec> ofVhost : byVhost.values()) {
            List<QueueSpec> joined = new ArrayList<>(ofVhost);
            checks.removeIf(check -> check.sharesTargetsWith(joined) && joined.addAll(check.specs()));
            checks.add(new ConsumersCheck(vertx, api, this::vhost, joined));
        }
        return List.copyOf(checks);
    }

    private String vhost(QueueSpec spec) {
        return spec.vhost() == null ? config.vhost() : spec.vhost();
    }
}
