package dev.heartbeat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Fault;
import dev.heartbeat.model.Printable;
import dev.heartbeat.model.Reloaded.Refused;
import dev.heartbeat.model.Reloaded.Taken;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetsDifference;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What do log and metrics say of reading the targets file again? Whatever is told here is told once. */
final class ReloadVoice {
    private static final Logger LOG = Logger.getLogger(Reload.class);
    private static final String RELOADS = "heartbeat.config.reloads";
    private static final int NAMED = 5;
    private static final int LINES = 20;
    private static final double MILLIS = 1000;

    private final Counter successes;
    private final Counter failures;
    private final InstantSource clock;
    private volatile long lastSuccess;
    private volatile boolean successful = true;

    /** What was read at the start is a success. */
    ReloadVoice(MeterRegistry meters, InstantSource clock) {
        this.clock = clock;
        this.lastSuccess = clock.millis();
        successes = counter(meters, "success");
        failures = counter(meters, "failure");
        Gauge.builder("heartbeat.config.last.reload.success.timestamp", this, voice -> voice.lastSuccess / MILLIS)
                .baseUnit("seconds").description("When the targets that are asked now were read").strongReference(true)
                .register(meters);
        Gauge.builder("heartbeat.config.last.reload.successful", this, voice -> voice.successful ? 1 : 0)
                .description("Whether the newest content of the targets file was taken").strongReference(true).register(meters);
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder(RELOADS).description("How often the targets file was read again").tag("outcome", outcome)
                .register(meters);
    }

    void taken(Taken taken, List<Fault> warnings) {
        successes.increment();
        lastSuccess = clock.millis();
        successful = true;
        warnings.forEach(LOG::warn);
        LOG.infof("%s was read again: %s", Printable.text(taken.from()), words(taken.difference()));
    }

    void refused(Refused refused) {
        failures.increment();
        successful = false;
        LOG.warnf("%s is not taken as it is now; what was read of it before goes on. Faults: %d",
                Printable.text(refused.from()), refused.lines().size());
        refused.lines().stream().limit(LINES).forEach(line -> LOG.warn(Printable.text(line)));
        if (refused.lines().size() > LINES) {
            LOG.warnf("and %d more, which check-config shows", refused.lines().size() - LINES);
        }
    }

    void broke(Throwable failure) {
        LOG.error("the targets file broke its reader", failure);
    }

    private static String words(TargetsDifference difference) {
        List<String> words = new ArrayList<>();
        words.add(difference.added().size() + difference.changed().size() + difference.unchanged().size() + " targets");
        add(words, difference.added(), "added");
        add(words, difference.removed(), "removed");
        add(words, difference.changed(), "changed");
        return String.join(", ", words) + (difference.isNone() ? ", as before" : "");
    }

    private static void add(List<String> words, Set<Target> targets, String what) {
        if (!targets.isEmpty()) {
            String names = targets.stream().limit(NAMED).map(target -> Printable.text(target.toString()))
                    .collect(Collectors.joining(", "));
            words.add(targets.size() + " " + what + " (" + names + (targets.size() > NAMED ? ", …" : "") + ")");
        }
    }
}
