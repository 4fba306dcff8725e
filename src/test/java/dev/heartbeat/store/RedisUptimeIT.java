package dev.heartbeat.store;

import static dev.heartbeat.store.RedisFixture.ask;
import static dev.heartbeat.store.RedisFixture.store;

import java.util.List;

import dev.heartbeat.services.RedisServer;
import dev.heartbeat.store.RedisFixture.Settings;
import io.vertx.redis.client.Command;

class RedisUptimeIT extends UptimeContract {
    private static final Settings SETTINGS = Settings.of(RedisServer.shared()).inDatabase(9);

    @Override
    List<StateStore> twoStores() {
        ask(RedisFixture.client(SETTINGS), Command.FLUSHDB);
        return List.of(another(), another());
    }

    @Override
    StateStore another() {
        return store(SETTINGS, StateStoreContract.PATIENCE);
    }
}
