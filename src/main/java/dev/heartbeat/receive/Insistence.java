package dev.heartbeat.receive;

import java.time.Duration;
import java.util.function.Predicate;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Until when is something tried? Until it works, less and less often; says once that it does not, and once that it does again.
 */
final class Insistence {
    private static final Logger LOG = Logger.getLogger(Insistence.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String who;
    private final Predicate<Throwable> isFinal;
    private final Runnable fails;
    private final Runnable works;
    private volatile boolean away;

    /**
     * @param who takes or does not take what is heard, as the log has it
     * @param isFinal which failures are no use trying again
     * @param fails is told of every failure
     * @param works is told of every success
     */
    Insistence(String who, Predicate<Throwable> isFinal, Runnable fails, Runnable works) {
        this.who = who;
        this.isFinal = isFinal;
        this.fails = fails;
        this.works = works;
    }

    /** Completes when the work does; fails only with what is final, which is an answer all the same. */
    Uni<Void> insist(Uni<Void> work) {
        return work
                .onFailure(this::isToBeTriedAgain).invoke(this::failed)
                .onFailure(this::isToBeTriedAgain).retry().withBackOff(FIRST_PAUSE, LONGEST_PAUSE).indefinitely()
                .onTermination().invoke(this::worked);
    }

    private boolean isToBeTriedAgain(Throwable failure) {
        return !isFinal.test(failure);
    }

    private void failed(Throwable failure) {
        fails.run();
        if (!away) {
            away = true;
            LOG.warnf("%s does not take what is heard, so nothing is acknowledged until it does: %s", who,
                    failure.getMessage());
        }
    }

    private void worked() {
        works.run();
        if (away) {
            away = false;
            LOG.infof("%s takes what is heard again", who);
        }
    }
}
