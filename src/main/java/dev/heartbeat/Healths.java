package dev.heartbeat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

import dev.heartbeat.publish.WaitingHealth;
import dev.heartbeat.store.HistoryHealth;
import dev.heartbeat.store.StoreHealth;
import dev.heartbeat.transport.LinkHealth;
import dev.heartbeat.transport.Links.Side;
import dev.heartbeat.watch.SourcesHealth;
import dev.heartbeat.web.AccessHealth;
import dev.heartbeat.web.GuardedChecks;
import dev.heartbeat.web.WebConfig;
import io.smallrye.health.api.HealthRegistry;

/** Which health checks belong to this mode? What a mode does not use is not in its answers. Liveness asks nothing remote. */
@ApplicationScoped
class Healths {
    private final GuardedChecks guarded;
    private final HealthRegistry readiness;
    private final HealthRegistry startup;
    private final LinkHealth links;
    private final Instance<StoreHealth> store;
    private final Instance<HistoryHealth> history;
    private final Instance<SourcesHealth> sources;
    private final Instance<WaitingHealth> waiting;
    private final Instance<Reloads> targets;
    private final WebConfig web;
    private final Instance<AccessHealth> access;

    Healths(GuardedChecks guarded, @Readiness HealthRegistry readiness, @Startup HealthRegistry startup, LinkHealth links,
            Instance<StoreHealth> store,
            Instance<HistoryHealth> history, Instance<SourcesHealth> sources, Instance<WaitingHealth> waiting,
            Instance<Reloads> targets, WebConfig web, Instance<AccessHealth> access) {
        this.guarded = guarded;
        this.readiness = readiness;
        this.startup = startup;
        this.links = links;
        this.store = store;
        this.history = history;
        this.sources = sources;
        this.waiting = waiting;
        this.targets = targets;
        this.web = web;
        this.access = access;
    }

    void register(Start start) {
        Mode mode = start.mode();
        register(startup, "begun", () -> HealthCheckResponse.named("begun").up().withData("mode", mode.word()).build());
        if (mode == Mode.PUBLISHER) {
            register(readiness, "broker", links.of(Side.OUT));
        }
        if (mode == Mode.SUBSCRIBER) {
            register(readiness, "broker", links.of(Side.IN));
        }
        if (mode.subscribes()) {
            readiness.register("store", guarded.named("store", store.get()));
            register(readiness, "sources", sources.get());
        }
        if (start.stores().contains(Store.POSTGRESQL)) {
            register(readiness, "history", history.get());
        }
        if (mode.probes()) {
            register(readiness, "publishing", waiting.get());
            register(readiness, "targets", targets.get());
        }
        if (web.user().isPresent()) {
            register(readiness, "access", access.get());
        }
    }

    /** A registry calls what it holds as it is: on the event loop, and without end. */
    private void register(HealthRegistry registry, String name, HealthCheck check) {
        registry.register(name, guarded.named(name, check));
    }
}
