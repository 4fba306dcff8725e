package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.down;
import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Observation;

class MemoryStoreTest extends StateStoreContract {
    @Override
    List<StateStore> twoStores(Duration reclaim) {
        StateStore store = new MemoryStore(reclaim, 10_000);
        return List.of(store, store);
    }

    @Test
    void whenNobodyAnnouncesTheOldestTransitionsGo() {
        StateStore store = new MemoryStore(RECLAIM, 10);
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            observations.add(down(host("t" + i), 1));
        }
        get(store.update("s", hear(new Beats("s").say(1, observations))));
        assertThat(get(store.unannounced(100))).extracting(StateStore.Announcement::id).containsExactly("16", "17", "18", "19",
                "20", "21", "22", "23", "24", "25");
    }
}
