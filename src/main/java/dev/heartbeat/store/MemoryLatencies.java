package dev.heartbeat.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import dev.heartbeat.model.Histogram;
import dev.heartbeat.model.LatencyHour;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

/**
 * How fast were the answers, where one process keeps it for itself? Packed, for 48 hours of 10,000 targets are half a million
 * histograms; when there is no room the oldest hours go.
 */
final class MemoryLatencies implements Latencies {
    /** What a target costs beside its hours: the entries of the maps, the array's head, its name. */
    private static final int PER_TARGET = 150;
    private static final Duration HOUR = Duration.ofHours(1);

    private final InstantSource clock;
    private final long room;
    private final Map<String, Map<Target, byte[]>> sources = new HashMap<>();
    private Instant oldest = Instant.EPOCH;
    private long used;

    /** With room for so many bytes. */
    MemoryLatencies(InstantSource clock, long room) {
        this.clock = clock;
        this.room = room;
    }

    @Override
    public Uni<Void> write(String source, Instant hour, String count, Map<Target, Histogram> histograms) {
        return Uni.createFrom().item(() -> {
            put(source, hour, count, histograms);
            return null;
        });
    }

    @Override
    public Uni<List<LatencyHour>> of(String source, Target target) {
        return Uni.createFrom().item(() -> get(source, target));
    }

    private synchronized void put(String source, Instant hour, String count, Map<Target, Histogram> histograms) {
        Instant first = Hours.first(clock.instant());
        dropBefore(first.isAfter(oldest) ? first : oldest);
        if (hour.isBefore(oldest)) {
            return;
        }
        Map<Target, byte[]> targets = sources.computeIfAbsent(source, name -> new HashMap<>());
        histograms.forEach((target, histogram) -> {
            byte[] row = targets.get(target);
            byte[] next = LatencyRow.with(row == null ? LatencyRow.EMPTY : row, hour, count, histogram);
            used += next.length - (row == null ? -PER_TARGET : row.length);
            targets.put(target, next);
        });
        // The hour that runs stays, however many targets it has.
        while (used > room && !oldest.plus(HOUR).isAfter(clock.instant())) {
            dropBefore(oldest.plus(HOUR));
        }
    }

    private synchronized List<LatencyHour> get(String source, Target target) {
        byte[] row = sources.getOrDefault(source, Map.of()).getOrDefault(target, LatencyRow.EMPTY);
        return Hours.merged(LatencyRow.hours(row, Hours.first(clock.instant())));
    }

    private void dropBefore(Instant first) {
        if (!first.isAfter(oldest)) {
            return;
        }
        oldest = first;
        for (Map<Target, byte[]> targets : sources.values()) {
            for (Iterator<Map.Entry<Target, byte[]>> each = targets.entrySet().iterator(); each.hasNext();) {
                Map.Entry<Target, byte[]> entry = each.next();
                byte[] rest = LatencyRow.from(entry.getValue(), first);
                used -= entry.getValue().length - rest.length;
                entry.setValue(rest);
                if (rest.length == 0) {
                    used -= PER_TARGET;
                    each.remove();
                }
            }
        }
        sources.values().removeIf(Map::isEmpty);
    }
}
