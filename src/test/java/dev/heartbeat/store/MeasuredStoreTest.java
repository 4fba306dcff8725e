package dev.heartbeat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Change;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;

/** What do the meters of a store say of it? */
class MeasuredStoreTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Throwable fault;
    private final StateStore store = new MeasuredStore(failing(new MemoryStore()), "memory", registry);

    /** Fails with the fault of the moment, where there is one. */
    private StateStore failing(StateStore behind) {
        return (StateStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { StateStore.class },
                (proxy, method, arguments) -> fault != null && method.getReturnType() == Uni.class
                        ? Uni.createFrom().failure(fault)
                        : method.invoke(behind, arguments));
    }

    private static <T> T get(Uni<T> answer) {
        return answer.subscribe().asCompletionStage().join();
    }

    private double value(String name) {
        return registry.get(name).tag("store", "memory").gauge().value();
    }

    private double failures() {
        return registry.get("heartbeat.store.failures").counter().count();
    }

    @Test
    void itIsUpFromItsFirstAnswerOnUntilItFails() {
        assertThat(value("heartbeat.store.up")).isZero();
        get(store.start());
        assertThat(value("heartbeat.store.up")).isEqualTo(1);
        fault = new IllegalStateException("away");
        assertThatThrownBy(() -> get(store.refresh())).hasMessageContaining("away");
        assertThat(value("heartbeat.store.up")).isZero();
        assertThat(failures()).isEqualTo(1);
        fault = null;
        get(store.ping());
        assertThat(value("heartbeat.store.up")).isEqualTo(1);
    }

    /** Full, or read only: it answers, and nothing gets in. */
    @Test
    void oneThatAnswersAndTakesNothingIsNotUpUntilItTakesSomething() {
        get(store.start());
        fault = new IllegalStateException("READONLY");
        assertThatThrownBy(() -> get(store.update("s", Stores.fall("a")))).hasMessageContaining("READONLY");
        fault = null;
        get(store.refresh());
        assertThat(value("heartbeat.store.up")).isZero();
        get(store.update("s", Stores.fall("a")));
        assertThat(value("heartbeat.store.up")).isEqualTo(1);
    }

    @Test
    void aChangeThatCanNotBeMadeIsNoFaultOfTheStore() {
        get(store.start());
        assertThatThrownBy(() -> get(store.update("s", state -> {
            throw new IllegalStateException("cannot fold");
        }))).hasMessageContaining("cannot fold");
        assertThat(value("heartbeat.store.up")).isEqualTo(1);
        assertThat(failures()).isZero();
    }

    @Test
    void everyTransitionThatIsCommittedCounts() {
        get(store.update("s", Stores.fall("a", "b")));
        get(store.update("s", state -> Change.none(state)));
        assertThat(registry.get("heartbeat.transitions").tags("of", "target", "from", "UP", "to", "DOWN").counter().count())
                .isEqualTo(2);
        assertThat(registry.get("heartbeat.store.update.duration").timer().count()).isEqualTo(2);
        assertThat(get(store.outbox().after(Outbox.BEGIN, 10))).hasSize(2);
    }

    @Test
    void aBatchOfWhichSomeRowsAreRefusedWasWrittenAllTheSame() {
        HistoryMeters meters = new HistoryMeters("t", registry);
        meters.failed(5, 1_000, new IllegalStateException("away"));
        assertThat(registry.get("heartbeat.history.up").gauge().value()).isZero();
        meters.failed(5, 1_000, new RowRefusedException(java.util.Map.of(Canary.row(java.time.Instant.EPOCH), "too odd")));
        assertThat(registry.get("heartbeat.history.up").gauge().value()).isEqualTo(1);
        assertThat(List.of("written", "refused")).extracting(what -> registry.get("heartbeat.history.rows." + what).counter()
                .count()).containsExactly(4.0, 1.0);
    }
}
