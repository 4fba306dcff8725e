package dev.heartbeat.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.heartbeat.model.Diary;
import dev.heartbeat.model.Group;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Mark;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Speaker;
import dev.heartbeat.model.Steadiness;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;
import dev.heartbeat.model.Uptime.Day;
import dev.heartbeat.model.Uptime.Window;

/** What is known, in a test of the page? States made by hand, and histories to go with them. */
final class World {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:30Z");
    static final PageHistory CALM = history(() -> 0);
    private static final String GROUP = "10000";

    private final String source;
    private final Map<Target, TargetState> targets = new HashMap<>();
    private Speaker speaker = new Speaker("boot", null, Duration.ZERO, NOW, NOW, 3, null);
    private Instant silent;

    World(String source) {
        this.source = source;
    }

    static World of(String source) {
        return new World(source);
    }

    World up(String name) {
        return with(Kind.HOST, name, Health.UP, null, null, 86_400, Steadiness.CALM);
    }

    World down(String name, int secondsAgo, String detail) {
        return with(Kind.HOST, name, Health.DOWN, Reason.UNREACHABLE, detail, secondsAgo, Steadiness.CALM);
    }

    World steady(String name, Health health, Steadiness steadiness) {
        return with(Kind.HOST, name, health, health == Health.UP ? null : Reason.SLOW, null, 60, steadiness);
    }

    World with(Kind kind, String name, Health health, Reason reason, String detail, int secondsAgo, Steadiness steadiness) {
        Health former = health == Health.STALE || health == Health.UNKNOWN ? Health.UP : null;
        targets.put(new Target(kind, name), new TargetState(health, former, reason, detail, NOW.minusSeconds(secondsAgo), null,
                null, GROUP, true, new Mark(NOW, "boot", 7), null, false, steadiness, Diary.EMPTY));
        return this;
    }

    World silentFor(int seconds) {
        silent = NOW.minusSeconds(seconds);
        return this;
    }

    World speaker(Speaker other) {
        speaker = other;
        return this;
    }

    SourceState state() {
        Group group = new Group(GROUP, Duration.ofSeconds(10), silent == null ? NOW : silent.minusSeconds(30),
                new Mark(NOW, "boot", 7), List.of(), silent, 7);
        return new SourceState(source, 1, speaker, Map.of(GROUP, group), null, null, List.of(), targets);
    }

    /** 90 days, wholly observed, with so many minutes down as asked for each; negative for a day that nobody observed. */
    static PageHistory history(Supplier<Integer> down) {
        LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
        List<Day> days = new ArrayList<>();
        for (int ago = 89; ago >= 0; ago--) {
            int minutes = down.get();
            days.add(new Day(today.minusDays(ago), minutes < 0 ? 0 : 1440, Math.max(0, minutes)));
        }
        return history(days);
    }

    static PageHistory history(List<Day> days) {
        return new PageHistory() {
            @Override
            public Double over(Window window) {
                List<Day> newest = days.subList(days.size() - window.days(), days.size());
                double observed = newest.stream().mapToInt(Day::observed).sum();
                return observed == 0 ? null : 1 - newest.stream().mapToInt(Day::down).sum() / observed;
            }

            @Override
            public List<Day> days() {
                return days;
            }
        };
    }
}
