package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What does a source say in one breath?
 *
 * @param source who speaks
 * @param boot which start of the source's program, ordered by time as text; null where the message names none (PH)
 * @param sequence counts the boot's messages from 1; 0 where the message names none (PH)
 * @param at when the newest of the observations was made, by the source's clock; null where none of them says
 * @param interval how often this group of targets is asked; null where the message does not say (PH)
 * @param part which part of a round this is, from 1; rounds of over 10,000 targets leave in {@code parts} heartbeats
 * @param config hash of the source's configuration; null where the message names none
 * @param targets every target of the source, of all groups; null in most heartbeats
 */
public record Heartbeat(String source, String boot, long sequence, Instant at, Duration interval, int part, int parts,
        String config, Set<Target> targets, List<Observation> observations) {
    public Heartbeat {
        Objects.requireNonNull(source);
        targets = targets == null ? null : Set.copyOf(targets);
        observations = List.copyOf(observations);
    }
}
