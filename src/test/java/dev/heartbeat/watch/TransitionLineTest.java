package dev.heartbeat.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.jboss.logging.Logger.Level;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Telling;
import dev.heartbeat.model.Transition;

/** What does an operator read of a transition? */
class TransitionLineTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private static Transition transition(Health from, Health to, Reason reason, String detail) {
        return new Transition("zone-7", new Target(Kind.HOST, "db"), from, to, AT, reason, detail);
    }

    @Test
    void aChangeIsSaidWithItsReason() {
        assertThat(
                TransitionLine
                        .of(transition(Health.UP, Health.DOWN, Reason.UNREACHABLE, "connection refused by 10.0.0.1:5432")))
                .isEqualTo(
                        "host db of zone-7 is DOWN, was UP, at 2026-01-01T00:00:00Z: UNREACHABLE, connection refused by 10.0.0.1:5432");
    }

    @Test
    void aFirstSightHasNoFormerHealth() {
        assertThat(TransitionLine.of(transition(null, Health.DOWN, Reason.TIMED_OUT, null)))
                .isEqualTo("host db of zone-7 is DOWN, at 2026-01-01T00:00:00Z: TIMED_OUT");
    }

    @Test
    void aTargetThatIsNoMoreIsRetired() {
        assertThat(TransitionLine.of(transition(Health.UP, null, Reason.RETIRED, null)))
                .isEqualTo("host db of zone-7 is retired, was UP, at 2026-01-01T00:00:00Z: RETIRED");
    }

    private static Transition ofSource(Health from, Health to, Reason reason, String detail) {
        return new Transition("zone-7", null, from, to, AT, reason, detail);
    }

    @Test
    void aSourceAsAWholeIsSaidInASentence() {
        assertThat(TransitionLine.of(ofSource(Health.UP, Health.STALE, Reason.SILENT,
                "silent since 2026-01-01T00:00:00Z, allowed are 30s: 12 of 40 targets")))
                .isEqualTo("source zone-7 silent since 2026-01-01T00:00:00Z, allowed are 30s: 12 of 40 targets");
        assertThat(TransitionLine.of(ofSource(Health.STALE, Health.UP, null, "heard again after 4m12s of silence")))
                .isEqualTo("source zone-7 heard again after 4m12s of silence");
        assertThat(TransitionLine.of(ofSource(Health.UP, Health.DOWN, Reason.MANY,
                "37 of 40 targets down in one heartbeat: host db (TIMED_OUT)")))
                .isEqualTo("source zone-7: 37 of 40 targets down in one heartbeat: host db (TIMED_OUT)");
        assertThat(TransitionLine.of(ofSource(Health.DOWN, Health.UP, null, "37 of 40 targets up again in one heartbeat")))
                .isEqualTo("source zone-7: 37 of 40 targets up again in one heartbeat");
        assertThat(TransitionLine.of(ofSource(Health.STALE, null, Reason.RETIRED, "what was silent of it is retired")))
                .isEqualTo("source zone-7: what was silent of it is retired");
    }

    @Test
    void whoFlapsIsSaidToBeHeld() {
        assertThat(TransitionLine.of(transition(Health.UP, Health.UP, Reason.FLAPPING,
                "7 changes in the last 20 observations; its health is held")))
                .isEqualTo("host db of zone-7 is flapping, held UP, at 2026-01-01T00:00:00Z:"
                        + " 7 changes in the last 20 observations; its health is held");
        assertThat(TransitionLine.of(transition(Health.UP, Health.UP, null, "no longer flapping")))
                .isEqualTo("host db of zone-7 is UP, at 2026-01-01T00:00:00Z: no longer flapping");
    }

    @Test
    void onlyWhatIsNewsIsSaidToTheOperator() {
        assertThat(TransitionLine.level(told(Telling.NEWS))).isEqualTo(Level.INFO);
        assertThat(TransitionLine.level(told(Telling.PART))).isEqualTo(Level.DEBUG);
        assertThat(TransitionLine.level(told(Telling.PAST))).isEqualTo(Level.DEBUG);
    }

    private static Transition told(Telling telling) {
        return new Transition("zone-7", null, Health.UP, Health.STALE, AT, Reason.SILENT, "silent", null, telling);
    }

    @Test
    void nothingFromOutsideBeginsALineOrMovesTheCursor() {
        String line = TransitionLine
                .of(transition(Health.UP, Health.DOWN, Reason.MISMATCH, "a\r\n2026 ERROR fake \u001b[2J\u2028\u202e"));
        assertThat(line).endsWith("a\\u000d\\u000a2026 ERROR fake \\u001b[2J\\u2028\\u202e");
    }
}
