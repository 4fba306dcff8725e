package dev.heartbeat.store;

import java.util.Collection;
import java.util.function.Function;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.SourceState;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;

/** How does the store do? The store behind it, with meters of what is asked of it and of what comes to pass in it. */
public final class MeasuredStore implements StateStore {
    private final StateStore store;
    private final StoreMeters meters;

    /** @param name of the store, as the settings have it */
    public MeasuredStore(StateStore store, String name, MeterRegistry registry) {
        this.store = store;
        this.meters = new StoreMeters(name, registry);
    }

    @Override
    public Uni<Void> start() {
        return asked(store.start());
    }

    @Override
    public Uni<Change> update(String source, Function<SourceState, Change> change) {
        return Uni.createFrom().deferred(() -> {
            long began = System.nanoTime();
            Guarded guarded = new Guarded(change);
            return store.update(source, guarded)
                    .invoke(made -> meters.committed(made, System.nanoTime() - began))
                    .onFailure(failure -> !guarded.failed).invoke(meters::refused);
        });
    }

    /** A change that can not be made is no fault of the store's. */
    private static final class Guarded implements Function<SourceState, Change> {
        private final Function<SourceState, Change> change;
        private volatile boolean failed;

        Guarded(Function<SourceState, Change> change) {
            this.change = change;
        }

        @Override
        public Change apply(SourceState state) {
            try {
                return change.apply(state);
            } catch (RuntimeException e) {
                failed = true;
                throw e;
            }
        }
    }

    @Override
    public Collection<SourceState> known() {
        return store.known();
    }

    @Override
    public Uni<Collection<SourceState>> refresh() {
        return asked(store.refresh());
    }

    @Override
    public Outbox outbox() {
        return store.outbox();
    }

    @Override
    public Latencies latencies() {
        return store.latencies();
    }

    @Override
    public Uni<Void> ping() {
        return asked(store.ping());
    }

    private <T> Uni<T> asked(Uni<T> answer) {
        return answer.invoke(meters::answered).onFailure().invoke(meters::silent);
    }
}
