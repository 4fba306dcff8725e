package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What does a source say, when, and when does it come? Instants are seconds after {@link #START}. Names are of hosts unless
 * said otherwise. What is not said comes at once.
 */
record Saying(String boot, long sequence, Double said, Duration interval, int part, int parts, Set<Target> listed,
        List<Word> words,
        double received, boolean backlog) {
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration EVERY = Duration.ofSeconds(10);

    /** One word of a heartbeat; {@code said} is null for the heartbeat's own instant. */
    record Word(Target target, Outcome outcome, Double said) {
        Word at(double second) {
            return new Word(target, outcome, second);
        }
    }

    static Instant at(double second) {
        return START.plusNanos(Math.round(second * 1e9));
    }

    static Target host(String name) {
        return new Target(Kind.HOST, name);
    }

    static Target consumer(String name) {
        return new Target(Kind.CONSUMER, name);
    }

    static Target queue(String name) {
        return new Target(Kind.QUEUE, name);
    }

    static Word up(String host) {
        return up(host(host));
    }

    static Word up(Target target) {
        return new Word(target, Outcome.UP, null);
    }

    static Word down(String host) {
        return down(host(host));
    }

    static Word down(Target target) {
        return new Word(target, Outcome.down(Reason.UNREACHABLE, "refused"), null);
    }

    static Word unknown(String host) {
        return new Word(host(host), Outcome.unknown(Reason.API_FAILED, "503"), null);
    }

    /** A heartbeat of this program, of a group that is asked every 10 s. */
    static Saying ours(String boot, long sequence, double said, Word... words) {
        return new Saying(boot, sequence, said, EVERY, 1, 1, null, List.of(words), said, false);
    }

    /** A heartbeat of PH. */
    static Saying ph(double said, Word... words) {
        return new Saying(null, 0, said, null, 1, 1, null, List.of(words), said, false);
    }

    Saying every(double seconds) {
        return new Saying(boot, sequence, said, Duration.ofMillis(Math.round(seconds * 1000)), part, parts, listed, words,
                received,
                backlog);
    }

    Saying part(int number, int of) {
        return new Saying(boot, sequence, said, interval, number, of, listed, words, received, backlog);
    }

    Saying listing(Target... targets) {
        return new Saying(boot, sequence, said, interval, part, parts, Set.of(targets), words, received, backlog);
    }

    Saying listing(String... hosts) {
        return listing(Arrays.stream(hosts).map(Saying::host).toArray(Target[]::new));
    }

    Saying receivedAt(double second) {
        return new Saying(boot, sequence, said, interval, part, parts, listed, words, second, backlog);
    }

    Saying fromBacklogAt(double second) {
        return new Saying(boot, sequence, said, interval, part, parts, listed, words, second, true);
    }

    /** The same, by a clock that is ahead by so many seconds (behind, when negative). */
    Saying byClockAhead(double seconds) {
        List<Word> shifted = words.stream()
                .map(word -> word.said == null ? word : word.at(word.said + seconds))
                .toList();
        return new Saying(boot, sequence, said + seconds, interval, part, parts, listed, shifted, received, backlog);
    }

    Heartbeat heartbeat() {
        List<Observation> observations = words.stream()
                .map(word -> new Observation(word.target, word.outcome, at(word.said == null ? said : word.said)))
                .toList();
        return new Heartbeat(SourceState.DEFAULT_SOURCE, boot, sequence, boot == null ? newest(observations) : at(said),
                interval, part, parts,
                listed == null ? null : hash(), listed, observations);
    }

    /** PH's own timestamp is frozen; its components know better. */
    private Instant newest(List<Observation> observations) {
        return observations.stream().map(Observation::at).max(Instant::compareTo).orElse(null);
    }

    Heard heard() {
        return new Heard(heartbeat(), at(received), backlog, Objects.hash(said, words));
    }

    private String hash() {
        return listed.stream().sorted().map(Target::toString).collect(Collectors.joining(","));
    }
}
