package dev.heartbeat.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jboss.logging.Logger;

import dev.heartbeat.model.HealthAnswer;
import dev.heartbeat.model.NamedCheck;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Printable;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;

/** Which checks has one health endpoint named so far? */
final class KnownChecks {
    /** Per endpoint; what there is beyond counts in the endpoint's own health. */
    static final int MOST = 1_000;
    /** A check that was absent for so long was taken out, and is no failure any more. */
    static final Duration ABSENCE = Duration.ofHours(1);
    private static final Logger LOG = Logger.getLogger(KnownChecks.class);
    private static final Outcome ABSENT = Outcome.down(Reason.MISSING, "the answer does not name it any more");
    private static final Outcome UNTOLD = Outcome.unknown(Reason.MISSING,
            "the answer, which says that not all is well, does not name it");

    private final Target endpoint;
    private final InstantSource clock;
    /** With the instant since which it is absent; null while it is not. Replaced as a whole. */
    private volatile Map<Target, Instant> known = Map.of();
    private volatile boolean complete;
    private boolean isToldOfMany;

    KnownChecks(Target endpoint, InstantSource clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /** In the order in which they became known. */
    Set<Target> checks() {
        return known.keySet();
    }

    /** The checks, and the endpoint before them. */
    Set<Target> targets() {
        Set<Target> targets = new LinkedHashSet<>(Set.of(endpoint));
        targets.addAll(known.keySet());
        return targets;
    }

    /** For a list of all targets: the checks, and while there may be more a word for whatever there is. */
    Set<Target> discovered() {
        Set<Target> discovered = new HashSet<>(known.keySet());
        if (!complete) {
            discovered.add(NamedCheck.any(endpoint));
        }
        return discovered;
    }

    /**
     * What an answer means for each check that is known then.
     *
     * @param up whether the endpoint is up: one that is not may name fewer checks than it has
     */
    synchronized Map<Target, Outcome> learn(HealthAnswer answer, boolean up) {
        Map<Target, Outcome> named = named(answer);
        Instant now = clock.instant();
        Map<Target, Instant> next = new LinkedHashMap<>();
        Map<Target, Outcome> outcomes = new LinkedHashMap<>();
        int room = Math.max(0, MOST - named.size());
        for (Map.Entry<Target, Instant> before : known.entrySet()) {
            Target check = before.getKey();
            Outcome said = named.remove(check);
            Instant absent = said != null ? null : before.getValue() == null && up ? now : before.getValue();
            boolean isOver = absent != null && !absent.plus(ABSENCE).isAfter(now);
            if (said != null || !isOver && room-- > 0) {
                next.put(check, absent);
                outcomes.put(check, said != null ? said : up ? ABSENT : UNTOLD);
            }
        }
        named.forEach((check, said) -> {
            if (next.size() < MOST) {
                next.put(check, null);
                outcomes.put(check, said);
            }
        });
        tell(named.keySet().stream().filter(check -> !next.containsKey(check)).count());
        known = Collections.unmodifiableMap(next);
        complete |= up;
        return outcomes;
    }

    private Map<Target, Outcome> named(HealthAnswer answer) {
        Map<Target, Outcome> named = new LinkedHashMap<>();
        answer.checks().forEach((name, outcome) -> {
            Target check = NamedCheck.of(endpoint, name);
            if (check != null) {
                named.merge(check, outcome, (one, other) -> other.isWorseThan(one) ? other : one);
            }
        });
        return named;
    }

    private void tell(long leftOut) {
        if (leftOut > 0 && !isToldOfMany) {
            isToldOfMany = true;
            LOG.warnf("%s names more checks than the %d that are watched of one endpoint: %d are left out",
                    Printable.text(endpoint.toString()), MOST, leftOut);
        }
    }
}
