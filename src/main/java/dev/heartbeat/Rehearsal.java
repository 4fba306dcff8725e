package dev.heartbeat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.QueueSpec;
import dev.heartbeat.model.Route;
import dev.heartbeat.model.Target;
import dev.heartbeat.probe.ManagementLegs;
import dev.heartbeat.store.PostgresLegs;
import dev.heartbeat.store.RedisLegs;
import dev.heartbeat.transport.KafkaConfig;
import dev.heartbeat.transport.KafkaLegs;
import dev.heartbeat.transport.Links.Side;
import dev.heartbeat.transport.RabbitLegs;
import dev.heartbeat.watch.AlertLegs;
import io.quarkus.runtime.QuarkusApplication;
import io.smallrye.mutiny.Uni;

/** Would a start find all that it needs? Tries each leg for itself, with its time limit, and changes nothing anywhere. */
@Dependent
public class Rehearsal implements QuarkusApplication {
    private static volatile LegReport report;
    private final Start start;
    private final Instance<RabbitLegs> rabbit;
    private final Instance<KafkaLegs> kafka;
    private final KafkaConfig kafkaConfig;
    private final Instance<ManagementLegs> management;
    private final Instance<RedisLegs> redis;
    private final Instance<PostgresLegs> postgres;
    private final Instance<Tables> tables;
    private final Instance<AlertLegs> alerts;

    Rehearsal(Start start, Instance<RabbitLegs> rabbit, Instance<KafkaLegs> kafka, KafkaConfig kafkaConfig,
            Instance<ManagementLegs> management, Instance<RedisLegs> redis, Instance<PostgresLegs> postgres,
            Instance<Tables> tables, Instance<AlertLegs> alerts) {
        this.start = start;
        this.rabbit = rabbit;
        this.kafka = kafka;
        this.kafkaConfig = kafkaConfig;
        this.management = management;
        this.redis = redis;
        this.postgres = postgres;
        this.tables = tables;
        this.alerts = alerts;
    }

    /** Runs as an application of its own, and ends the process with the exit code: 0, or 1 where there is a fault. */
    static void of(QuietRun run, Start with, LegReport to) {
        report = to;
        run.loggingFrom("ERROR").of(Rehearsal.class, with, 1);
    }

    /** Blocks this thread, which has nothing else to do. */
    @Override
    public int run(String... arguments) {
        transport().forEach(report::add);
        if (start.mode().probes()) {
            now(management.get().look(start.targets().specs(QueueSpec.class))).forEach(report::add);
        }
        if (start.mode().subscribes()) {
            stores();
            alerts.get().look().forEach(report::add);
        }
        return report.end();
    }

    private static <T> T now(Uni<T> answer) {
        return answer.subscribe().asCompletionStage().join();
    }

    private List<Leg> transport() {
        return switch (start.transport()) {
            case MEMORY -> List.of();
            case RABBITMQ -> rabbit.get().look(sides());
            case KAFKA -> kafka.get().look(start.mode().probes() ? topics() : Set.of(), start.routes());
        };
    }

    private Set<Side> sides() {
        Set<Side> sides = EnumSet.noneOf(Side.class);
        if (start.mode().probes()) {
            sides.add(Side.OUT);
        }
        if (start.mode().subscribes()) {
            sides.add(Side.IN);
        }
        return sides;
    }

    /** That of the settings only where some target names none of its own. */
    private Set<String> topics() {
        Set<String> topics = new LinkedHashSet<>();
        for (Target target : start.targets().all()) {
            topics.add(start.targets().topics().getOrDefault(target, kafkaConfig.topic()));
        }
        return topics;
    }

    private void stores() {
        if (start.stores().get(0) == Store.REDIS) {
            now(redis.get().look()).forEach(report::add);
        }
        if (start.stores().get(0) == Store.POSTGRESQL) {
            report.add(now(postgres.get().states()));
        }
        if (!start.stores().contains(Store.POSTGRESQL)) {
            return;
        }
        List<Uni<Leg>> histories = new ArrayList<>();
        if (start.routes().isEmpty()) {
            histories.add(tables.get().look());
        }
        start.routes().stream().filter(route -> route.table() != null).map((Route route) -> tables.get().look(route))
                .forEach(histories::add);
        histories.forEach(history -> report.add(now(history)));
    }
}
