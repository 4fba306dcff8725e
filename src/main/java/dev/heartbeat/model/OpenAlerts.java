package dev.heartbeat.model;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Of which troubles was one receiver told, or is to be told, that have not ended? A value: reading says what is open then and
 * what is to be told, and changes nothing. Never more are open than there are sources and targets.
 *
 * @param single by what they are about, oldest first
 * @param masses by the id with which they began, oldest first
 */
public record OpenAlerts(Map<Subject, OpenAlert> single, Map<String, Mass> masses) {
    public static final OpenAlerts NONE = new OpenAlerts(Map.of(), Map.of());

    public OpenAlerts {
        single = Collections.unmodifiableMap(single);
        masses = Collections.unmodifiableMap(masses);
    }

    /** What is an alert about? A source as a whole when the target is null. */
    record Subject(String source, Target target) {
    }

    /**
     * A mass change that is one alert, until the last of its parts is up.
     *
     * @param parts those of its targets that are not up yet
     * @param covers whether parts that come now belong to it: it is the newest change of its source as a whole
     */
    record Mass(OpenAlert alert, Set<Target> parts, boolean covers) {
        Mass {
            parts = Collections.unmodifiableSet(parts);
        }

        Mass told(Instant now) {
            return new Mass(alert.told(now), parts, covers);
        }
    }

    /** What is open after a step, and what is to be told because of it, in order? */
    public record Step(OpenAlerts next, List<Alert> alerts) {
        public Step {
            alerts = List.copyOf(alerts);
        }
    }

    /** How many alerts are open, told or not; a mass change counts once. */
    public int count() {
        return single.size() + masses.size();
    }

    /** What these happenings, in the order of the outbox, make of it. */
    public Step read(List<Happening> happenings, Instant now, AlertRules rules) {
        AlertReading reading = new AlertReading(this, now, rules);
        happenings.forEach(reading::read);
        return reading.step();
    }

    /**
     * What the newest states make of it, when something that happened is no longer kept: what is over is resolved, and what
     * began
     * unheard of is held back like history.
     *
     * @param after the id after which something is missing
     */
    public Step missed(String after, Collection<SourceState> states, Instant now, AlertRules rules) {
        return read(new MissedHappenings(after, now).of(this, states), now, rules);
    }

    /**
     * What was held back and is to be told now; to be asked when all that happened has been read: what is over by then is not
     * told, and what is not over is a present fact.
     */
    public Step release(Instant now, AlertRules rules) {
        return new AlertRelease(this, now, rules).step();
    }

    /** Of what it is time to be reminded. */
    public Step remind(Instant now, AlertRules rules) {
        return rules.repeat() == null ? new Step(this, List.of()) : new AlertReminding(this, now, rules).step();
    }
}
