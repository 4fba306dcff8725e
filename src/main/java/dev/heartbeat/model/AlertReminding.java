package dev.heartbeat.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.heartbeat.model.OpenAlerts.Mass;
import dev.heartbeat.model.OpenAlerts.Step;
import dev.heartbeat.model.OpenAlerts.Subject;

/** Which alerts have been open for so long that their receiver is told again? */
final class AlertReminding {
    private final OpenAlerts before;
    private final Instant now;
    private final AlertRules rules;
    private final List<Alert> alerts = new ArrayList<>();

    AlertReminding(OpenAlerts before, Instant now, AlertRules rules) {
        this.before = before;
        this.now = now;
        this.rules = rules;
    }

    Step step() {
        Map<Subject, OpenAlert> single = new LinkedHashMap<>(before.single());
        single.replaceAll((subject, alert) -> isDue(alert)
                && !rules.maintenance().covers(alert.source(), alert.target(), now) ? remind(alert) : alert);
        Map<String, Mass> masses = new LinkedHashMap<>(before.masses());
        masses.replaceAll((id, mass) -> isDue(mass.alert())
                && !rules.maintenance().covers(mass.alert().source(), mass.parts(), now)
                        ? new Mass(remind(mass.alert()), mass.parts(), mass.covers())
                        : mass);
        return alerts.isEmpty() ? new Step(before, List.of()) : new Step(new OpenAlerts(single, masses), alerts);
    }

    private boolean isDue(OpenAlert alert) {
        return alert.isTold() && !alert.told().plus(rules.repeat()).isAfter(now);
    }

    private OpenAlert remind(OpenAlert alert) {
        alerts.add(alert.reminder(now));
        return alert.told(now);
    }
}
