package dev.heartbeat;

import java.time.InstantSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jboss.logging.Logger;

import dev.heartbeat.model.Reloaded;
import dev.heartbeat.model.Reloading;
import dev.heartbeat.publish.Publisher;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;

/** Is there a targets file in this process that can be read again, who does so, and how did it go? */
@ApplicationScoped
class Reloads implements Reloading, HealthCheck {
    private static final Logger LOG = Logger.getLogger(Reloads.class);

    private final Start start;
    private final Publisher publisher;
    private final TargetsConfig.Own config;
    private final MeterRegistry meters;
    private final Vertx vertx;
    private final InstantSource clock = InstantSource.system();
    private volatile Reload reload;
    private volatile ReloadWatch watch;

    Reloads(Start start, Publisher publisher, TargetsConfig.Own config, MeterRegistry meters, Vertx vertx) {
        this.start = start;
        this.publisher = publisher;
        this.config = config;
        this.meters = meters;
        this.vertx = vertx;
    }

    /** Once the publisher has begun. */
    void begin() {
        if (start.again() != null) {
            Reload own = new Reload(start.again(), publisher::targets, publisher::follow, new ReloadVoice(meters, clock),
                    clock);
            watch = new ReloadWatch(own, vertx, config.reload());
            reload = own;
            watch.begin();
        }
    }

    void end() {
        if (watch != null) {
            watch.end();
        }
    }

    @Override
    public Reloaded reload() {
        Reload own = reload;
        return own != null ? own.now() : new Reloaded.Nothing(nothing());
    }

    /** SIGHUP has no other answer than the log. */
    void hangup() {
        if (reload() instanceof Reloaded.Nothing nothing) {
            LOG.infof("SIGHUP: %s", nothing.words());
        }
    }

    private String nothing() {
        if (!start.mode().probes()) {
            return "this is a " + start.mode().word() + " (HEARTBEAT_MODE), which has no targets file; its publisher has";
        }
        return start.again() != null ? "it is only just beginning, with what the targets file says"
                : "the targets are from " + start.from() + ", which says the same until the next start";
    }

    /** Never down: what was read before is asked, and works. */
    @Override
    public HealthCheckResponse call() {
        Reload own = reload;
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("targets").up().withData("from", start.from())
                .withData("targets", (own == null ? start.targets() : publisher.targets()).all().size());
        if (own != null) {
            Reload.Standing standing = own.standing();
            answer.withData("read", standing.read().toString()).withData("reload", standing.isFailed() ? "failed" : "ok");
            if (standing.isFailed()) {
                answer.withData("since", standing.since().toString()).withData("faults", standing.wrong().size())
                        .withData("fault", standing.wrong().get(0));
            }
        }
        return answer.build();
    }
}
