package dev.heartbeat.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.QueueSpec;
import dev.heartbeat.transport.RabbitAddress;
import dev.heartbeat.transport.RabbitConfig;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Could a start ask the broker's management API for queues and their consumers? */
@ApplicationScoped
public class ManagementLegs {
    private static final String NAME = "management";
    private final ManagementApi api;
    private final RabbitConfig config;

    ManagementLegs(ManagementApi api, RabbitConfig config) {
        this.api = api;
        this.config = config;
    }

    /** One for the API, and one for each vhost that it does not tell of; none where no queue is watched. */
    public Uni<List<Leg>> look(List<QueueSpec> specs) {
        if (specs.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Deadline deadline = Deadline.in(Duration.ofSeconds(10));
        return deadline.bound(api.seesAllConsumers())
                .chain(seesAll -> vhosts(specs, deadline).map(faults -> all(known(seesAll), faults)))
                .onFailure().recoverWithItem(failure -> List.of(Leg.fault(NAME, words(failure))));
    }

    private Leg known(boolean seesAll) {
        RabbitAddress address = RabbitAddress.of(config);
        return Leg.ok(NAME, "the API at port " + address.managementPort() + " of " + address.host() + " shows user "
                + config.user() + (seesAll ? " all consumers"
                        : " only its own consumers: every queue is asked for by itself"
                                + " (cheaper with the tag monitoring)"));
    }

    private static List<Leg> all(Leg first, List<Leg> others) {
        List<Leg> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return all;
    }

    private Uni<List<Leg>> vhosts(List<QueueSpec> specs, Deadline deadline) {
        List<String> vhosts = specs.stream().map(spec -> spec.vhost() == null ? config.vhost() : spec.vhost()).distinct()
                .toList();
        return Multi.createFrom().iterable(vhosts)
                .onItem().transformToUniAndConcatenate(vhost -> deadline.bound(api.queues(vhost))
                        .<List<Leg>> map((Set<String> names) -> List.of())
                        .onFailure().recoverWithItem(failure -> List.of(Leg.fault(NAME, "vhost " + vhost + ": "
                                + words(failure)))))
                .collect().asList().map(lists -> lists.stream().flatMap(List::stream).toList());
    }

    private static String words(Throwable failure) {
        return failure.getMessage() + (ManagementApi.is(failure, 401)
                ? " (RABBITMQ_USER, RABBITMQ_PASS, and the user's tag management)"
                : "");
    }
}
