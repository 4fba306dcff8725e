package dev.heartbeat.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.heartbeat.model.OpenAlerts.Mass;
import dev.heartbeat.model.OpenAlerts.Step;
import dev.heartbeat.model.OpenAlerts.Subject;

/** What was held back, as history or by maintenance, and is to be told now that it still is so? */
final class AlertRelease {
    /** When more targets of a source than this are to be told at once, they are told as one. */
    private static final int TOGETHER = 10;
    private static final int NAMED = 5;

    private final OpenAlerts before;
    private final Instant now;
    private final AlertRules rules;
    private final Map<Subject, OpenAlert> single;
    private final Map<String, Mass> masses = new LinkedHashMap<>();
    private final List<Alert> alerts = new ArrayList<>();

    AlertRelease(OpenAlerts before, Instant now, AlertRules rules) {
        this.before = before;
        this.now = now;
        this.rules = rules;
        this.single = new LinkedHashMap<>(before.single());
    }

    Step step() {
        before.masses().values().forEach(this::look);
        Map<String, List<OpenAlert>> held = before.single().values().stream()
                .filter(alert -> !alert.isTold())
                .filter(alert -> !rules.maintenance().covers(alert.source(), alert.target(), now))
                .collect(Collectors.groupingBy(OpenAlert::source, LinkedHashMap::new, Collectors.toList()));
        held.values().forEach(this::look);
        return alerts.isEmpty() && masses.size() == before.masses().size() ? new Step(before, List.of())
                : new Step(new OpenAlerts(single, masses), alerts);
    }

    /** A mass change of which no part is left has nothing to tell. */
    private void look(Mass mass) {
        boolean tell = !mass.alert().isTold() && !mass.parts().isEmpty()
                && !rules.maintenance().covers(mass.alert().source(), mass.parts(), now);
        if (mass.alert().isTold() || !mass.parts().isEmpty()) {
            masses.put(mass.alert().id(), tell ? mass.told(now) : mass);
        }
        if (tell) {
            alerts.add(mass.alert().firing());
        }
    }

    private void look(List<OpenAlert> held) {
        List<OpenAlert> targets = held.stream().filter(alert -> alert.target() != null).toList();
        if (targets.size() <= TOGETHER) {
            held.forEach(this::tell);
        } else {
            held.stream().filter(alert -> alert.target() == null).forEach(this::tell);
            together(targets);
        }
    }

    private void tell(OpenAlert alert) {
        single.put(new Subject(alert.source(), alert.target()), alert.told(now));
        alerts.add(alert.firing());
    }

    private void together(List<OpenAlert> targets) {
        OpenAlert first = targets.get(0);
        Instant since = targets.stream().map(OpenAlert::since).min(Comparator.naturalOrder()).orElseThrow();
        Set<Target> parts = targets.stream().map(OpenAlert::target).collect(Collectors.toSet());
        String names = targets.stream().limit(NAMED).map(alert -> String.valueOf(alert.target()))
                .collect(Collectors.joining(", "));
        OpenAlert alert = new OpenAlert(first.id(), first.source(), null, Health.DOWN, since, Reason.MANY,
                targets.size() + " targets are not up: " + names + ", …", now, false);
        parts.forEach(target -> single.remove(new Subject(first.source(), target)));
        masses.put(alert.id(), new Mass(alert, parts, false));
        alerts.add(alert.firing());
    }
}
