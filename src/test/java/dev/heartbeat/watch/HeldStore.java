package dev.heartbeat.watch;

import java.lang.reflect.Proxy;
import java.util.List;

import dev.heartbeat.store.Outbox;
import dev.heartbeat.store.StateStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** How does a store answer a reader that looks back, but not before a test lets it? Everybody else is answered at once. */
final class HeldStore {
    private HeldStore() {
    }

    /** @param held whose completion lets one answer go */
    static StateStore of(StateStore store, List<UniEmitter<? super Boolean>> held) {
        Outbox outbox = (Outbox) Proxy.newProxyInstance(HeldStore.class.getClassLoader(), new Class<?>[] { Outbox.class },
                (proxy, method, arguments) -> {
                    Uni<?> answer = (Uni<?>) method.invoke(store.outbox(), arguments);
                    boolean looksBack = method.getName().equals("after") && arguments[1].equals(Following.READ_AT_ONCE);
                    return !looksBack ? answer
                            : Uni.createFrom().<Boolean> emitter(emitter -> held.add(emitter)).chain(() -> answer);
                });
        return (StateStore) Proxy.newProxyInstance(HeldStore.class.getClassLoader(), new Class<?>[] { StateStore.class },
                (proxy, method, arguments) -> method.getName().equals("outbox") ? outbox : method.invoke(store, arguments));
    }
}
