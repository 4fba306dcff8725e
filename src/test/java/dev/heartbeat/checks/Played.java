package dev.heartbeat.checks;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

import dev.heartbeat.web.EnvironProbe;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/** Checks and probes of somebody who builds on this program, and do what a test tells them. */
public final class Played {
    public static final AtomicInteger CALLS = new AtomicInteger();
    private static final Runnable NOTHING = () -> {
    };
    public static volatile Supplier<HealthCheckResponse> ready;
    public static volatile Supplier<Uni<HealthCheckResponse>> reactive;
    public static volatile Supplier<HealthCheckResponse> live;
    public static volatile Supplier<HealthCheckResponse> started;
    public static volatile Supplier<HealthCheckResponse> fresh;
    public static volatile Runnable making;
    public static volatile Runnable makingFresh;
    public static volatile Callable<EnvironProbe.Found> environ;

    private Played() {
    }

    /** All is well. */
    public static void calm() {
        ready = () -> HealthCheckResponse.up("ready");
        reactive = () -> Uni.createFrom().item(HealthCheckResponse.up("reactive"));
        live = () -> HealthCheckResponse.up("live");
        started = () -> HealthCheckResponse.up("started");
        fresh = () -> HealthCheckResponse.up("fresh");
        making = NOTHING;
        makingFresh = NOTHING;
        environ = () -> EnvironProbe.Found.of(Map.of());
        CALLS.set(0);
    }

    @Readiness
    @ApplicationScoped
    public static class Ready implements HealthCheck {
        private final Request request;

        Ready(Request request) {
            this.request = request;
        }

        @Override
        public HealthCheckResponse call() {
            CALLS.incrementAndGet();
            request.use();
            return ready.get();
        }
    }

    /** What a check may need that lives as long as a request. */
    @RequestScoped
    public static class Request {
        public void use() {
            // That it is there is all.
        }
    }

    /** Without a scope, as most are written. */
    @Readiness
    public static class Reactive implements AsyncHealthCheck {
        @Override
        public Uni<HealthCheckResponse> call() {
            return reactive.get();
        }
    }

    @Liveness
    public static class Live implements HealthCheck {
        @Override
        public HealthCheckResponse call() {
            return live.get();
        }
    }

    /** Can be hard to make. */
    @Startup
    public static class Started implements HealthCheck {
        Started() {
            making.run();
        }

        @Override
        public HealthCheckResponse call() {
            return started.get();
        }
    }

    /** Made anew for each question. */
    @Readiness
    @Dependent
    public static class Fresh implements HealthCheck {
        Fresh() {
            makingFresh.run();
        }

        @Override
        public HealthCheckResponse call() {
            return fresh.get();
        }
    }

    @ApplicationScoped
    public static class Environ implements EnvironProbe {
        @Override
        public Found ask() throws Exception {
            return environ.call();
        }
    }
}
