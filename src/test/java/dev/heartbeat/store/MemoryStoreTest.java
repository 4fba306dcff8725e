package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.down;
import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Observation;

class MemoryStoreTest extends StateStoreContract {
    @Override
    List<StateStore> twoStores() {
        StateStore store = new MemoryStore();
        return List.of(store, store);
    }

    @Test
    void whenNobodyReadsTheOldestTransitionsGo() {
        StateStore store = new MemoryStore(Clock.systemUTC(), 10);
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            observations.add(down(host("t" + i), 1));
        }
        get(store.update("s", hear(new Beats("s").say(1, observations))));
        assertThat(drain(store)).hasSize(10);
    }
}
