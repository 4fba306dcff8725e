package dev.heartbeat.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.jboss.logging.Logger;

import io.smallrye.health.AsyncHealthCheckFactory;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Uni;

/**
 * What becomes of a health check that throws, blocks or hangs? One failed check with its name. In the place of SmallRye's own
 * factory, so that every bean of whoever builds on this is guarded, at each address that shows it.
 */
@Singleton
@Alternative
@Priority(2)
public class GuardedChecks extends AsyncHealthCheckFactory {
    private static final Logger LOG = Logger.getLogger(GuardedChecks.class);

    private final Guard guard;
    private final Map<Object, String> names = Collections.synchronizedMap(new WeakHashMap<>());
    /** For those that are made anew for each question. Empty where one class has called itself differently. */
    private final Map<Class<?>, String> namesOfClasses = Collections.synchronizedMap(new WeakHashMap<>());
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    GuardedChecks(Guard guard) {
        this.guard = guard;
    }

    @Override
    public Uni<HealthCheckResponse> callSync(HealthCheck check) {
        return ask(check, nameOf(check.getClass()), () -> Uni.createFrom().item(check.call()));
    }

    @Override
    public Uni<HealthCheckResponse> callAsync(AsyncHealthCheck check) {
        return ask(check, nameOf(check.getClass()), () -> call(check));
    }

    /** The check as a registry may have it, which guards nothing itself. */
    public AsyncHealthCheck named(String name, HealthCheck check) {
        return () -> ask(check, name, () -> Uni.createFrom().item(check.call()));
    }

    /** Likewise. */
    public AsyncHealthCheck named(String name, AsyncHealthCheck check) {
        return () -> ask(check, name, () -> call(check));
    }

    private static Uni<HealthCheckResponse> call(AsyncHealthCheck check) {
        Uni<HealthCheckResponse> answer = check.call();
        return answer == null ? Uni.createFrom().nullItem() : answer;
    }

    private Uni<HealthCheckResponse> ask(Object check, String name, Supplier<Uni<HealthCheckResponse>> question) {
        return Uni.createFrom().context(asker -> guard.ask(check, question)
                .onItem().ifNull().failWith(() -> new IllegalStateException("it answered nothing"))
                .map(answer -> answered(check, name, answer, asker))
                .onFailure().recoverWithItem(failure -> failed(names.getOrDefault(check, name), failure)));
    }

    private HealthCheckResponse answered(Object check, String name, HealthCheckResponse answer, Context asker) {
        String own = answer.getName() == null || answer.getName().isBlank() ? name : answer.getName();
        names.put(check, own);
        namesOfClasses.merge(check.getClass(), own, (one, other) -> one.equals(other) ? one : "");
        if (failing.remove(own)) {
            LOG.infof("the health check %s answers again", own);
        }
        HealthCheckResponse shown = new HealthCheckResponse(own, answer.getStatus() == Status.UP ? Status.UP : Status.DOWN,
                answer.getData().map(GuardedChecks::shown).filter(data -> !data.isEmpty()));
        answer.getData().ifPresent(data -> OwnData.note(asker, shown, data));
        return shown;
    }

    /** What SmallRye writes are texts, booleans and whole numbers of one type; it would leave out all else. */
    private static Map<String, Object> shown(Map<String, Object> data) {
        Map<String, Object> shown = new LinkedHashMap<>();
        data.forEach((key, value) -> shown.put(key,
                value instanceof Integer || value instanceof Short || value instanceof Byte ? ((Number) value).longValue()
                        : value instanceof Long || value instanceof Boolean ? value : String.valueOf(value)));
        return shown;
    }

    private HealthCheckResponse failed(String name, Throwable failure) {
        if (failing.add(name)) {
            LOG.warnf("the health check %s failed: %s", name, Guard.words(failure));
            LOG.debugf(failure, "the health check %s failed", name);
        }
        return failure(name, failure, guard);
    }

    /** What is said of a check that could not be asked, or did not answer. */
    static HealthCheckResponse failure(String name, Throwable failure, Guard guard) {
        return HealthCheckResponse.named(name).down().withData("message", Guard.words(failure))
                .withData("limit", guard.limit()).build();
    }

    /** As it calls itself, else as its author called it. */
    private String nameOf(Class<?> type) {
        String own = namesOfClasses.getOrDefault(type, "");
        return own.isEmpty() ? className(type) : own;
    }

    /** The name that its author gave the class, not what was made of it. */
    private static String className(Class<?> type) {
        boolean made = type.getName().endsWith("_ClientProxy") || type.getName().endsWith("_Subclass");
        if (made && type.getSuperclass() != Object.class) {
            return className(type.getSuperclass());
        }
        return type.getName().replaceAll("\\$\\$Lambda.*", "");
    }
}
