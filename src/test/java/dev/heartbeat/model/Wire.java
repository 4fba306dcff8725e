package dev.heartbeat.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** What goes over the wire in tests: the golden files, and heartbeats to write. */
final class Wire {
    static final Instant AT = Instant.parse("2026-11-21T10:00:00.250Z");
    static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:01Z");
    private static final Asked PORTAL = new Asked("https://portal.example/q/health", null);
    private static final List<String> PIECES = List.of("a", "\"", "\\", "\u0000", "\n", "\u001f", "\u007f", "\u2028", "ö", "漢",
            "😀",
            "</script>", " ", ":", "{}", "'", "\u202e", "\ufffd", "\ud83d", "\ude00");

    private Wire() {
    }

    static byte[] golden(String name) {
        try (InputStream file = Wire.class.getResourceAsStream("/wire/" + name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** What heartbeat-1.json is: every kind, every outcome, everything that a heartbeat may have. */
    static Heartbeat full() {
        List<Observation> observations = List.of(
                new Observation(new Target(Kind.HOST, "sda-db"), Outcome.UP, AT, Duration.ofNanos(1_234_000), null),
                new Observation(new Target(Kind.HOST, "sda-doa"), Outcome.down(Reason.UNREACHABLE, "connection refused"),
                        AT.minusSeconds(1)),
                new Observation(new Target(Kind.WEBSITE, "portal \"ö\" 😀"), Outcome.UP, AT, Duration.ofMillis(81),
                        new Evidence(200, true, Instant.parse("2027-02-01T00:00:00Z"))),
                new Observation(new Target(Kind.WEBSITE, "intranet"), Outcome.down(Reason.MISMATCH, null), AT,
                        Duration.ofMillis(2500), new Evidence(404, false, null)),
                new Observation(new Target(Kind.QUEUE, "inbox"), Outcome.unknown(Reason.API_FAILED, "status 503"), AT),
                new Observation(new Target(Kind.QUEUE, "archived"), Outcome.UP, AT),
                new Observation(new Target(Kind.CONSUMER, "mq-interceptor"), Outcome.unknown(Reason.NOT_ASKED, null), AT),
                new Observation(new Target(Kind.CONSUMER, "sda-verify"), Outcome.down(Reason.UNATTENDED, "on archived"), AT),
                new Observation(new Target(Kind.HEALTH, "portal"), Outcome.down(Reason.UNHEALTHY, "1 of 2 checks: db"), AT,
                        Duration.ofMillis(12), new Evidence(503, null, null), PORTAL),
                new Observation(new Target(Kind.HEALTH, "portal/db"), Outcome.down(Reason.UNHEALTHY, "refused"), AT, null, null,
                        PORTAL),
                new Observation(new Target(Kind.HEALTH, "portal/disk"), Outcome.UP, AT, null, null, PORTAL));
        Set<Target> targets = new TreeSet<>();
        observations.forEach(observation -> targets.add(observation.target()));
        targets.add(new Target(Kind.HOST, "asked-more-rarely"));
        targets.add(new Target(Kind.HEALTH, "ledger"));
        targets.add(NamedCheck.any(new Target(Kind.HEALTH, "ledger")));
        return new Heartbeat("oslo", "20261121T095500.000Z-7f3a", 42, AT, Duration.ofMillis(12_500), 2, 3, "c0ffee", targets,
                observations);
    }

    /** A heartbeat with names and details that nobody should choose. */
    static Heartbeat random(long seed) {
        Random random = new Random(seed);
        List<Observation> observations = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            Target target = new Target(Kind.values()[random.nextInt(Kind.values().length)], text(random));
            Outcome outcome = List.of(Outcome.UP, Outcome.down(Reason.REJECTED, text(random)),
                    Outcome.unknown(Reason.API_FAILED, text(random))).get(random.nextInt(3));
            observations.add(new Observation(target, outcome, AT.plusMillis(random.nextInt(100_000) - 100_000),
                    random.nextBoolean() ? null : Duration.ofNanos(random.nextInt() / 1000 * 1000L & 0xfffffffL),
                    random.nextBoolean() ? null : new Evidence(random.nextInt(600), random.nextBoolean(), AT),
                    random.nextBoolean() ? null : new Asked(text(random), random.nextBoolean() ? null : text(random))));
        }
        return new Heartbeat(text(random), "boot" + seed, 1 + random.nextInt(1000), AT,
                Duration.ofMillis(random.nextInt(100_000)), 1,
                1, null, null, observations);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("n");
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
