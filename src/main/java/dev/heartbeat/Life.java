package dev.heartbeat;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.interceptor.Interceptor;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import dev.heartbeat.model.Policy;
import dev.heartbeat.publish.Publisher;
import dev.heartbeat.receive.Subscriber;
import dev.heartbeat.watch.Alerts;
import dev.heartbeat.watch.Watch;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.DomainSocketServerStart;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.smallrye.mutiny.Uni;

/** What begins, in which order, and what ends? Top to bottom the story of a process. */
@ApplicationScoped
class Life {
    private static final Logger LOG = Logger.getLogger(Life.class);
    private final Start start;
    private final HeartbeatConfig config;
    private final Policy policy;
    private final Publisher publisher;
    private final Subscriber subscriber;
    private final Watch watch;
    private final Alerts alerts;
    private final Healths healths;
    private final Meters meters;
    private final Reloads reloads;
    private final AtomicBoolean began = new AtomicBoolean();

    Life(Start start, HeartbeatConfig config, Policy policy, Publisher publisher, Subscriber subscriber, Watch watch,
            Alerts alerts, Healths healths, Meters meters, Reloads reloads) {
        this.start = start;
        this.config = config;
        this.policy = policy;
        this.publisher = publisher;
        this.subscriber = subscriber;
        this.watch = watch;
        this.alerts = alerts;
        this.healths = healths;
        this.meters = meters;
        this.reloads = reloads;
    }

    /** Last of all observers, so that every channel is wired before the first tick. */
    void begin(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER + 1000) StartupEvent event) {
        if (Main.isCommand()) {
            return;
        }
        // In dev mode the end is the tool's: there, an application that ends is started again.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Termination.isAnOrderlyEnd();
            Hangup.asksFor(reloads::hangup);
        }
        start.notes().forEach(LOG::warn);
        healths.register(start);
        meters.register(start);
        if (start.mode().subscribes()) {
            subscriber.start(policy).subscribe().with(ignored -> watch.start(policy),
                    failure -> LOG.error("the subscriber could not start", failure));
        }
    }

    void serving(@ObservesAsync HttpServerStart event) {
        serves("http://localhost:" + port(event.options().getPort(), HttpServer.HTTP_PORT.key()));
    }

    void servingOverTls(@ObservesAsync HttpsServerStart event) {
        serves("https://localhost:" + port(event.options().getPort(), HttpServer.HTTPS_PORT.key()));
    }

    void servingThisHost(@ObservesAsync DomainSocketServerStart event) {
        serves("unix:" + event.options().getHost() + ":");
    }

    private static int port(int asked, String property) {
        return asked != 0 ? asked : ConfigProvider.getConfig().getValue(property, Integer.class);
    }

    /** Not before this program can be probed itself; it may serve in several ways, and the first will do. */
    private void serves(String address) {
        if (!began.compareAndSet(false, true)) {
            return;
        }
        LOG.info(story(address));
        if (start.mode().probes()) {
            publisher.start(config.source(), start.targets());
            reloads.begin();
        }
    }

    private String story(String address) {
        String what = start.targets() == null ? "" : ", " + start.targets().all().size() + " targets from " + start.from();
        return start.mode().word() + " runs" + (start.mode().probes() ? " as source " + config.source() : "") + what
                + "; see " + address + (start.mode().subscribes() ? "/" : "/api/status");
    }

    void end(@Observes ShutdownEvent event) {
        reloads.end();
        watch.stop();
        if (!Main.isCommand()) {
            said().chain(this::kept).subscribe().asCompletionStage().toCompletableFuture()
                    .orTimeout(7, java.util.concurrent.TimeUnit.SECONDS)
                    .exceptionally(failure -> null).join();
        }
    }

    private Uni<Void> said() {
        return start.mode().probes() ? publisher.stop().onFailure().recoverWithNull() : Uni.createFrom().voidItem();
    }

    private Uni<Void> kept() {
        return start.mode().subscribes()
                ? Uni.join().all(subscriber.stop(), alerts.stop()).andCollectFailures().replaceWithVoid()
                : Uni.createFrom().voidItem();
    }
}
