package dev.heartbeat.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.heartbeat.model.OpenAlerts.Mass;
import dev.heartbeat.model.OpenAlerts.Step;
import dev.heartbeat.model.OpenAlerts.Subject;

/** What do transitions, one after the other, make of the open alerts of one receiver? */
final class AlertReading {
    private final Instant now;
    private final AlertRules rules;
    private final Map<Subject, OpenAlert> single;
    private final Map<String, Growing> masses = new LinkedHashMap<>();
    private final List<Alert> alerts = new ArrayList<>();

    /** A mass change while it is read. */
    private static final class Growing {
        private OpenAlert alert;
        private final String words;
        private final Set<Target> parts;
        private boolean covers;

        Growing(OpenAlert alert, String words, Set<Target> parts, boolean covers) {
            this.alert = alert;
            this.words = words;
            this.parts = new HashSet<>(parts);
            this.covers = covers;
        }

        boolean isOf(String source) {
            return alert.source().equals(source);
        }
    }

    AlertReading(OpenAlerts before, Instant now, AlertRules rules) {
        this.now = now;
        this.rules = rules;
        this.single = new LinkedHashMap<>(before.single());
        before.masses().forEach((id, mass) -> masses.put(id,
                new Growing(mass.alert(), mass.alert().detail(), mass.parts(), mass.covers())));
    }

    Step step() {
        Map<String, Mass> left = new LinkedHashMap<>();
        masses.forEach((id, mass) -> left.put(id, new Mass(mass.alert, mass.parts, mass.covers)));
        return new Step(new OpenAlerts(single, left), alerts);
    }

    void read(Happening happening) {
        Transition transition = happening.transition();
        boolean isOfSource = transition.target() == null;
        if (isOfSource || transition.telling() != Telling.PART) {
            // All parts of the mass change before have been read.
            tellMasses(transition.source());
        }
        if (isOfSource) {
            readOfSource(happening);
        } else if (!isTrouble(transition)) {
            end(transition);
        } else if (transition.telling() == Telling.PART) {
            addPart(transition);
        } else {
            begin(happening);
        }
    }

    private static boolean isTrouble(Transition transition) {
        boolean beginsToFlap = transition.from() == Health.UP && transition.reason() == Reason.FLAPPING;
        return transition.to() != null && (transition.to() != Health.UP || beginsToFlap);
    }

    private void readOfSource(Happening happening) {
        Transition transition = happening.transition();
        ofSource(transition.source()).forEach(mass -> mass.covers = false);
        if (transition.to() == Health.STALE) {
            begin(happening);
        } else if (transition.to() == Health.DOWN || transition.to() == Health.UNKNOWN) {
            masses.put(happening.id(), new Growing(OpenAlert.of(happening), transition.detail(), Set.of(), true));
        } else if (transition.from() == Health.STALE || transition.to() == null) {
            end(transition);
        }
    }

    private void begin(Happening happening) {
        Transition transition = happening.transition();
        Subject subject = new Subject(transition.source(), transition.target());
        OpenAlert open = single.get(subject);
        if (open != null) {
            single.put(subject, goOn(open, transition));
        } else if (ofSource(transition.source()).stream().noneMatch(mass -> mass.parts.contains(transition.target()))) {
            OpenAlert begun = OpenAlert.of(happening);
            boolean tell = mayTell(transition);
            single.put(subject, tell ? begun.told(now) : begun);
            if (tell) {
                alerts.add(begun.firing(transition.detail()));
            }
        }
    }

    /** One trouble stays one alert; that what was silent, flapping or unknown is really down is worth a word. */
    private OpenAlert goOn(OpenAlert open, Transition transition) {
        if (!open.isTold()) {
            return open.as(transition);
        }
        boolean worse = transition.to() == Health.DOWN && open.health() != Health.DOWN;
        if (worse && mayTell(transition)) {
            alerts.add(open.changed(transition));
        }
        return worse ? open.as(transition) : open;
    }

    /** Silence is told of the source alone, and what it wakes to was told before. */
    private void addPart(Transition transition) {
        Subject subject = new Subject(transition.source(), transition.target());
        for (Growing mass : ofSource(transition.source())) {
            if (mass.covers && transition.to() != Health.STALE) {
                mass.parts.add(transition.target());
                single.computeIfPresent(subject, (same, open) -> open.isTold() ? open.as(transition) : null);
            }
        }
    }

    private void end(Transition end) {
        OpenAlert open = single.remove(new Subject(end.source(), end.target()));
        if (open != null && open.isTold()) {
            alerts.add(open.resolved(end));
        }
        for (Growing mass : ofSource(end.source())) {
            if (mass.parts.remove(end.target()) && mass.parts.isEmpty()) {
                masses.remove(mass.alert.id());
                if (mass.alert.isTold()) {
                    alerts.add(mass.alert.resolved(up(end)));
                }
            }
        }
    }

    /** A mass change ends well whatever its last part did: it went up, or was retired. */
    private static Transition up(Transition end) {
        return new Transition(end.source(), null, Health.DOWN, Health.UP, end.at(), null, null);
    }

    private void tellMasses(String source) {
        for (Growing mass : ofSource(source)) {
            boolean isHeld = mass.alert.past() || mass.parts.isEmpty()
                    || rules.maintenance().covers(source, mass.parts, now)
                    || rules.maintenance().covers(source, mass.parts, mass.alert.since());
            if (!mass.alert.isTold() && !isHeld) {
                alerts.add(mass.alert.firing(mass.words));
                mass.alert = mass.alert.told(now);
            }
        }
    }

    private boolean mayTell(Transition transition) {
        return transition.telling() != Telling.PAST
                && !rules.maintenance().covers(transition.source(), transition.target(), now)
                && !rules.maintenance().covers(transition.source(), transition.target(), transition.at());
    }

    private List<Growing> ofSource(String source) {
        return masses.values().stream().filter(mass -> mass.isOf(source)).toList();
    }
}
