package dev.heartbeat.store;

import java.util.List;

class MemoryUptimeTest extends UptimeContract {
    private final StateStore store = new MemoryStore();

    @Override
    List<StateStore> twoStores() {
        return List.of(store, store);
    }

    @Override
    StateStore another() {
        return store;
    }
}
