package dev.heartbeat.store;

import static dev.heartbeat.store.StateStoreContract.get;
import static dev.heartbeat.store.Stores.fall;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;

class MemoryOutboxTest extends OutboxContract {
    @Override
    List<StateStore> twoStores(int outboxLength) {
        StateStore store = Stores.memory(outboxLength);
        return List.of(store, store);
    }

    @Test
    void anIdOfAFormerProcessIsIncompleteAndComesBeforeEverything() {
        StateStore former = store("2026-11-20T12:00:00Z");
        get(former.update("s", fall("a", "b")));
        String last = get(former.outbox().newest());
        StateStore later = store("2026-11-20T12:00:05Z");
        assertThat(get(later.outbox().isComplete(last))).isFalse();
        get(later.update("s", fall("c")));
        assertThat(get(later.outbox().isComplete(last))).isFalse();
        assertThat(OutboxContract.names(get(later.outbox().after(last, 10)))).containsExactly("c");
    }

    private static StateStore store(String begun) {
        return new MemoryStore(Clock.fixed(Instant.parse(begun), ZoneOffset.UTC), 10);
    }
}
