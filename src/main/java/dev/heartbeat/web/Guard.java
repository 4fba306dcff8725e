package dev.heartbeat.web;

import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import dev.heartbeat.model.Durations;
import dev.heartbeat.model.Printable;
import io.smallrye.mutiny.Uni;

/**
 * How is somebody asked who may block, throw, or never answer? On a thread of its own, beside the others, within the time
 * limit,
 * and not again and again while it hangs.
 */
@Singleton
final class Guard {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Duration limit;
    /** As many as are asked at a time; the inquiries see to it that this ends somewhere. */
    private final ExecutorService threads = Executors.newCachedThreadPool(Guard::thread);
    /** Whoever is asked for the first time and goes away, as what is made anew for each question does, is forgotten. */
    private final Map<Object, Inquiry<?>> inquiries = new WeakHashMap<>();

    Guard(HealthConfig.Checks config) {
        limit = Durations.parse(config.timeout());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "health-" + COUNT.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(Guard.class.getClassLoader());
        return thread;
    }

    /** The answer of whom the question is put to, or a failure: its own, or that it is overdue. */
    <T> Uni<T> ask(Object whom, Supplier<Uni<T>> question) {
        return Uni.createFrom().deferred(() -> this.<T> inquiry(whom).answer(whom, question));
    }

    /** Those that are made anew for each question have no past, so what hangs of their kind speaks for them. */
    @SuppressWarnings("unchecked")
    private synchronized <T> Inquiry<T> inquiry(Object whom) {
        Inquiry<?> known = inquiries.get(whom);
        if (known == null) {
            long hanging = inquiries.entrySet().stream()
                    .filter(one -> one.getKey().getClass() == whom.getClass() && one.getValue().hangs()).count();
            if (hanging >= Inquiry.AT_MOST) {
                throw new OverdueException("not asked: " + hanging + " others of its kind were, and never answered");
            }
            known = new Inquiry<T>(limit, threads);
            inquiries.put(whom, known);
        }
        return (Inquiry<T>) known;
    }

    /** Why it failed, for a person. */
    static String words(Throwable failure) {
        return failure instanceof OverdueException ? failure.getMessage()
                : failure.getClass().getSimpleName()
                        + (failure.getMessage() == null ? "" : ": " + Printable.text(failure.getMessage()));
    }

    /** The time limit, for a person. */
    String limit() {
        return Durations.words(limit);
    }

    @PreDestroy
    void end() {
        threads.shutdownNow();
    }
}
