package dev.heartbeat;

import java.util.List;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

import dev.heartbeat.Start.FaultsException;
import dev.heartbeat.model.KnownStates;
import dev.heartbeat.publish.Publisher;
import dev.heartbeat.receive.Inflow;
import dev.heartbeat.store.HistoryStore;
import dev.heartbeat.store.MeasuredStore;
import dev.heartbeat.store.MemoryStore;
import dev.heartbeat.store.PostgresStore;
import dev.heartbeat.store.RedisStore;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.transport.KafkaRoutes;
import dev.heartbeat.web.Serving;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.client.CollectorRegistry;
import io.smallrye.mutiny.Multi;

/** Which of several parts serves in this mode? */
@Singleton
class Wiring {
    /** What main read; where no main ran (tests inside this process), what the environment says. */
    @Produces
    @Singleton
    Start start() throws FaultsException {
        Start read = Main.start();
        return read != null ? read : Start.read(System.getenv());
    }

    /** Where states are kept: the first of the stores. */
    @Produces
    @Singleton
    StateStore store(Start start, Instance<RedisStore> redis, Instance<PostgresStore> postgresql,
            Instance<MemoryStore> memory, MeterRegistry registry) {
        Store first = start.stores().isEmpty() ? Store.MEMORY : start.stores().get(0);
        StateStore store = switch (first) {
            case REDIS -> redis.get();
            case POSTGRESQL -> postgresql.get();
            case MEMORY -> memory.get();
        };
        return new MeasuredStore(store, first.word(), registry);
    }

    /** A topic has a way in for each of its routes, anything else one. */
    @Produces
    @Singleton
    Inflow.All inflows(Start start, @Channel("heartbeats-in") Multi<Message<byte[]>> channel, Instance<KafkaRoutes> kafka,
            Tables tables) {
        if (start.routes().isEmpty()) {
            HistoryStore history = start.stores().contains(Store.POSTGRESQL) ? tables.own() : null;
            return new Inflow.All(List.of(new Inflow(start.transport().word(), channel, history, true)));
        }
        return new Inflow.All(start.routes().stream()
                .map(route -> new Inflow(route.toString(), kafka.get().open(route), tables.of(route), route.states()))
                .toList());
    }

    /** One for all: the framework would make another for each who asks. */
    @Produces
    @Singleton
    CollectorRegistry collectors() {
        return new CollectorRegistry(true);
    }

    @Produces
    @Singleton
    Serving serving(Start start) {
        return new Serving(start.mode().word(), start.mode().subscribes());
    }

    @Produces
    @Singleton
    KnownStates states(Start start, Publisher publisher, Instance<StateStore> store) {
        return start.mode().subscribes() ? () -> store.get().known() : () -> publisher.ownState().stream().toList();
    }
}
