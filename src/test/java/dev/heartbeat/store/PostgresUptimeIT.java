package dev.heartbeat.store;

import java.util.List;

import dev.heartbeat.services.PostgresServer;

class PostgresUptimeIT extends UptimeContract {
    private static final PostgresFixture POSTGRES = new PostgresFixture(PostgresServer.shared());

    @Override
    List<StateStore> twoStores() {
        POSTGRES.empty();
        return List.of(another(), another());
    }

    @Override
    StateStore another() {
        return POSTGRES.store();
    }
}
