package dev.heartbeat.probe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.QueueSpec;
import dev.heartbeat.transport.RabbitConfig;
import dev.heartbeat.transport.Trust;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;

/** What does the probe of consumers answer, with these settings of the broker? */
final class Asked {
    static final Vertx VERTX = Vertx.vertx();

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final ManagementApi api;
    private final ConsumersProbe probe;

    private Asked(Map<String, String> settings, LongSupplier nanos) {
        RabbitConfig config = config(settings);
        api = new ManagementApi(VERTX, config, new Trust(VERTX, config), registry, nanos);
        probe = new ConsumersProbe(VERTX, api, config);
    }

    static Asked of(int managementPort, String vhost, String user) {
        return of(settings(managementPort, vhost, user));
    }

    static Asked of(Map<String, String> settings) {
        return new Asked(settings, System::nanoTime);
    }

    static Asked of(int managementPort, LongSupplier nanos) {
        return new Asked(settings(managementPort, "/", "guest"), nanos);
    }

    static Map<String, String> settings(int managementPort, String vhost, String user) {
        return new HashMap<>(Map.of("rabbitmq.host", "localhost", "rabbitmq.management-port", String.valueOf(managementPort),
                "rabbitmq.vhost", vhost, "rabbitmq.user", user, "rabbitmq.pass", user));
    }

    /** The trust that these settings describe. */
    static Trust trust(Map<String, String> settings) {
        return new Trust(VERTX, config(settings));
    }

    private static RabbitConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredConverters().withMapping(RabbitConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100)).build().getConfigMapping(RabbitConfig.class);
    }

    /** What the asking has cost. */
    MeterRegistry registry() {
        return registry;
    }

    ConsumersProbe probe() {
        return probe;
    }

    /** All checks of one round, side by side. */
    Map<String, Outcome> round(QueueSpec... specs) {
        return Specs.outcomes(probe.checks(List.of(specs)).stream()
                .map(check -> check.ask().subscribeAsCompletionStage()).toList().stream()
                .flatMap(answer -> answer
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join().stream())
                .toList());
    }

    /** What a round put to the API. */
    long requestsOf(Runnable round) {
        long before = api.requests();
        round.run();
        return api.requests() - before;
    }
}
