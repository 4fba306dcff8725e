package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.heartbeat.model.OpenAlerts.Step;

/** What is a receiver told, when these things happen? One transition a second, from 2026-01-01 on. */
final class AlertStory {
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    static final String SOURCE = "zone-7";

    private final List<Happening> read = new ArrayList<>();
    private final List<Alert> told = new ArrayList<>();
    private AlertRules rules = new AlertRules(Maintenance.none(), null);
    private OpenAlerts open = OpenAlerts.NONE;
    private int ids;
    private Instant now = BEGIN;

    AlertStory rules(String maintenance, Duration repeat) {
        rules = new AlertRules(Maintenance.of(maintenance, java.time.ZoneId.of("UTC")), repeat);
        return this;
    }

    /**
     * {@code db UP DOWN NEWS UNREACHABLE}: a host ({@code -} for the source), from and to ({@code -} for none), telling,
     * reason.
     */
    AlertStory says(String... lines) {
        for (String line : lines) {
            String[] words = line.split(" ");
            now = now.plusSeconds(1);
            read.add(new Happening("1-" + ++ids, new Transition(SOURCE, target(words[0]), health(words[1]), health(words[2]),
                    now, words.length > 4 ? Reason.of(words[4]) : null, null, null,
                    words.length > 3 ? Telling.valueOf(words[3]) : Telling.NEWS)));
        }
        return this;
    }

    static Target target(String name) {
        return name.equals("-") ? null : new Target(Kind.HOST, name);
    }

    private static Health health(String word) {
        return word.equals("-") ? null : Health.valueOf(word);
    }

    /** All that was said is read, in one step, and there may be more; the notes are written and read in between. */
    AlertStory read() {
        take(open.read(read, now, rules));
        read.clear();
        return this;
    }

    /** All that was said is read, and there is no more. */
    AlertStory readAll() {
        read();
        take(open.release(now, rules));
        take(open.remind(now, rules));
        return this;
    }

    AlertStory after(Duration time) {
        now = now.plus(time);
        return this;
    }

    private void take(Step step) {
        told.addAll(step.alerts());
        AlertNotes notes = new AlertNotes(step.next(), List.of(), 0, Instant.EPOCH);
        open = AlertNotes.read(notes.write()).open();
    }

    /** What was told since the last call, as {@code firing db DOWN 1-1}. */
    List<String> told() {
        List<String> lines = told.stream().map(alert -> alert.what().word() + " "
                + (alert.target() == null ? "-" : alert.target().name()) + " " + alert.health() + " " + alert.id()).toList();
        told.clear();
        return lines;
    }

    List<Alert> alerts() {
        return List.copyOf(told);
    }

    int open() {
        return open.count();
    }
}
