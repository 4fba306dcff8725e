package dev.heartbeat.web;

import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.json.spi.JsonProvider;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * What if a check can't even be made? SmallRye makes the beans on the event loop, where one that connects to something in its
 * constructor would hold up everybody, and fails as a whole with one that throws there.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class GuardedReporter extends SmallRyeHealthReporter {
    private static final JsonProvider JSON = JsonProvider.provider();

    private final Guard guard;
    private final Instance<HealthCheck> checks;
    private final Instance<AsyncHealthCheck> asyncChecks;
    private final Map<Annotation, Making> making = new ConcurrentHashMap<>();

    /**
     * Who makes the beans of a kind, and which of them?
     *
     * @param bean null while SmallRye makes those that are made anew for each question
     */
    private record Making(Thread thread, String bean) {
    }

    GuardedReporter(Guard guard, @Any Instance<HealthCheck> checks, @Any Instance<AsyncHealthCheck> asyncChecks) {
        this.guard = guard;
        this.checks = checks;
        this.asyncChecks = asyncChecks;
    }

    @Override
    public Uni<SmallRyeHealth> getLivenessAsync() {
        return collected(Liveness.Literal.INSTANCE, super::getLivenessAsync);
    }

    @Override
    public Uni<SmallRyeHealth> getReadinessAsync() {
        return collected(Readiness.Literal.INSTANCE, super::getReadinessAsync);
    }

    @Override
    public Uni<SmallRyeHealth> getStartupAsync() {
        return collected(Startup.Literal.INSTANCE, super::getStartupAsync);
    }

    @Override
    public Uni<SmallRyeHealth> getHealthAsync() {
        return collected(Any.Literal.INSTANCE, super::getHealthAsync);
    }

    private Uni<SmallRyeHealth> collected(Annotation kind, Supplier<Uni<SmallRyeHealth>> all) {
        return guard.ask(kind, () -> {
            make(kind, checks.select(kind));
            make(kind, asyncChecks.select(kind));
            making.put(kind, new Making(Thread.currentThread(), null));
            return Uni.createFrom().item(all.get());
        }).flatMap(Function.identity()).onFailure().recoverWithItem(failure -> unmade(kind, failure));
    }

    private <C> void make(Annotation kind, Instance<C> beans) {
        for (Instance.Handle<C> bean : beans.handles()) {
            if (bean.getBean().getScope() != Dependent.class) {
                making.put(kind, new Making(Thread.currentThread(), bean.getBean().getBeanClass().getName()));
                bean.get();
            }
        }
    }

    private SmallRyeHealth unmade(Annotation kind, Throwable failure) {
        Making last = making.get(kind);
        String name = last != null && last.bean() != null ? last.bean()
                : Culprit.of(beans(kind), failure, last == null ? null : last.thread()).orElse(HealthCheck.class.getName());
        HealthCheckResponse failed = GuardedChecks.failure(name, failure, guard);
        return new SmallRyeHealth(JSON.createObjectBuilder().add("status", failed.getStatus().name())
                .add("checks", JSON.createArrayBuilder().add(JSON.createObjectBuilder().add("name", name)
                        .add("status", failed.getStatus().name())
                        .add("data", JSON.createObjectBuilder(failed.getData().orElse(Map.of())))))
                .build());
    }

    private Set<String> beans(Annotation kind) {
        return Stream.concat(checks.select(kind).handlesStream(), asyncChecks.select(kind).handlesStream())
                .map(bean -> bean.getBean().getBeanClass().getName()).collect(Collectors.toSet());
    }
}
