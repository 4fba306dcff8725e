package dev.heartbeat;

import java.util.List;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

import dev.heartbeat.Start.FaultsException;
import dev.heartbeat.model.KnownStates;
import dev.heartbeat.publish.Publisher;
import dev.heartbeat.receive.Inflow;
import dev.heartbeat.store.MemoryStore;
import dev.heartbeat.store.RedisStore;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.web.Serving;
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

    @Produces
    @Singleton
    StateStore store(@ConfigProperty(name = "quarkus.redis.active") boolean redis, Instance<RedisStore> redisStore,
            Instance<MemoryStore> memoryStore) {
        return redis ? redisStore.get() : memoryStore.get();
    }

    /** The channel's way in. */
    @Produces
    @Singleton
    Inflow.All inflows(@Channel("heartbeats-in") Multi<Message<byte[]>> channel) {
        return new Inflow.All(List.of(new Inflow("the channel", channel, null, true)));
    }

    @Produces
    @Singleton
    Serving serving(Start start) {
        return new Serving(start.mode().word(), start.mode().subscribes());
    }

    @Produces
    @Singleton
    KnownStates states(Start start, Publisher publisher, Instance<StateStore> store) {
        return start.mode().subscribes() ? () -> store.get().known() : () -> List.of(publisher.ownState());
    }
}
