package dev.heartbeat;

import java.time.Duration;

import org.jboss.logging.Logger;

import io.vertx.core.Vertx;

/**
 * When is the targets file looked at? On a worker, every so often, whatever the system says of it: events of files miss what a
 * mount, a symlink or a network folder does.
 */
final class ReloadWatch {
    private static final Logger LOG = Logger.getLogger(ReloadWatch.class);
    /** A content that changed is looked at again so soon. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private final Reload reload;
    private final Vertx vertx;
    private final Duration every;
    private volatile boolean ended;

    /** @param every zero for never */
    ReloadWatch(Reload reload, Vertx vertx, Duration every) {
        this.reload = reload;
        this.vertx = vertx;
        this.every = every;
    }

    void begin() {
        if (!every.isZero()) {
            later(every);
        }
    }

    void end() {
        ended = true;
    }

    /** The next look is planned when the one before has ended: a disk that hangs holds one worker and no more. */
    private void later(Duration time) {
        vertx.setTimer(Math.max(1, time.toMillis()), timer -> {
            if (!ended) {
                vertx.executeBlocking(reload::look, false)
                        .onFailure(failure -> LOG.error("the targets file could not be looked at", failure))
                        .onComplete(looked -> later(next(looked.succeeded() && looked.result())));
            }
        });
    }

    private Duration next(boolean changing) {
        return changing && every.compareTo(SETTLING) > 0 ? SETTLING : every;
    }
}
