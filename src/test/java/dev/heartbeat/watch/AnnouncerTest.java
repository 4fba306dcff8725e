package dev.heartbeat.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Transition;

class AnnouncerTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private static Transition transition(Health from, Health to, Reason reason, String detail) {
        return new Transition("zone-7", new Target(Kind.HOST, "db"), from, to, AT, reason, detail);
    }

    @Test
    void aChangeIsSaidWithItsReason() {
        assertThat(
                Announcer.words(transition(Health.UP, Health.DOWN, Reason.UNREACHABLE, "connection refused by 10.0.0.1:5432")))
                .isEqualTo(
                        "host db of zone-7 is DOWN, was UP, at 2026-01-01T00:00:00Z: UNREACHABLE, connection refused by 10.0.0.1:5432");
    }

    @Test
    void aFirstSightHasNoFormerHealth() {
        assertThat(Announcer.words(transition(null, Health.DOWN, Reason.TIMED_OUT, null)))
                .isEqualTo("host db of zone-7 is DOWN, at 2026-01-01T00:00:00Z: TIMED_OUT");
    }

    @Test
    void aTargetThatIsNoMoreIsRetired() {
        assertThat(Announcer.words(transition(Health.UP, null, Reason.RETIRED, null)))
                .isEqualTo("host db of zone-7 is retired, was UP, at 2026-01-01T00:00:00Z: RETIRED");
    }

    @Test
    void nothingFromOutsideBeginsALineOrMovesTheCursor() {
        String line = Announcer
                .words(transition(Health.UP, Health.DOWN, Reason.MISMATCH, "a\r\n2026 ERROR fake \u001b[2J\u2028\u202e"));
        assertThat(line).endsWith("a\\u000d\\u000a2026 ERROR fake \\u001b[2J\\u2028\\u202e");
    }
}
