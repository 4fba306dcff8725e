package dev.heartbeat.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What must a receiver's reader remember beside how far it has read? Kept with its place, so that another process can go on.
 *
 * @param waiting what is to be told, in order
 * @param attempts how often the first of it was tried in vain
 * @param next not before then is it tried again
 */
public record AlertNotes(OpenAlerts open, List<Waiting> waiting, int attempts, Instant next) {
    public static final AlertNotes EMPTY = new AlertNotes(OpenAlerts.NONE, List.of(), 0, Instant.EPOCH);

    /** An alert that is to be told since then. */
    public record Waiting(Alert alert, Instant since) {
        public Waiting {
            Objects.requireNonNull(alert);
            Objects.requireNonNull(since);
        }
    }

    public AlertNotes {
        Objects.requireNonNull(open);
        Objects.requireNonNull(next);
        waiting = List.copyOf(waiting);
    }

    /** With what a step leaves open, and what it gives to tell. */
    public AlertNotes after(OpenAlerts.Step step, Instant now) {
        if (step.next() == open && step.alerts().isEmpty()) {
            return this;
        }
        List<Waiting> more = new ArrayList<>(waiting);
        step.alerts().forEach(alert -> more.add(new Waiting(alert, now)));
        return new AlertNotes(step.next(), more, attempts, next);
    }

    /** The first that waits was told. */
    public AlertNotes accepted() {
        return new AlertNotes(open, waiting.subList(1, waiting.size()), 0, Instant.EPOCH);
    }

    /** The first that waits could not be told, and is tried again then. */
    public AlertNotes failed(Instant again) {
        return new AlertNotes(open, waiting, attempts + 1, again);
    }

    /** Without what waits since before then. */
    public AlertNotes without(Instant before) {
        List<Waiting> left = waiting.stream().filter(one -> !one.since().isBefore(before)).toList();
        return left.size() == waiting.size() ? this : new AlertNotes(open, left, attempts, next);
    }

    /**
     * As compact JSON: some 150 bytes and a detail of at most 300 characters per open alert, a name per part of a mass change.
     */
    public String write() {
        return AlertNotesCodec.write(this);
    }

    /**
     * What {@link #write} wrote; what a newer version wrote beside is ignored. Null is {@link #EMPTY}.
     *
     * @throws IllegalArgumentException when the text is no such notes
     */
    public static AlertNotes read(String text) {
        return text == null || text.isBlank() ? EMPTY : AlertNotesCodec.read(text);
    }
}
