package dev.heartbeat.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Policy;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;

class OdditiesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final Oddities oddities = new Oddities();
    private SourceState state = SourceState.unheard("zone-7");

    private List<String> hear(String boot, long sequence, int second, Duration clock) {
        Instant at = START.plusSeconds(second);
        Instant said = at.plus(clock);
        Heartbeat heartbeat = new Heartbeat("zone-7", boot, sequence, said, Duration.ofSeconds(10), 1, 1, null, null,
                List.of(new Observation(new Target(Kind.HOST, "db"), Outcome.UP, said)));
        state = state.hear(List.of(new Heard(heartbeat, at, false, 0)), Policy.DEFAULT).next();
        return oddities.in(List.of(state));
    }

    @Test
    void twoProgramsThatSpeakAsOneAreNamedOnce() {
        assertThat(hear("a", 1, 0, Duration.ZERO)).isEmpty();
        assertThat(hear("b", 1, 5, Duration.ZERO)).isEmpty();
        assertThat(hear("a", 2, 10, Duration.ZERO)).singleElement().asString().contains("zone-7", "HEARTBEAT_SOURCE");
        assertThat(hear("b", 2, 15, Duration.ZERO)).isEmpty();
    }

    @Test
    void aRestartIsNothingOdd() {
        hear("a", 1, 0, Duration.ZERO);
        assertThat(hear("b", 1, 10, Duration.ZERO)).isEmpty();
        assertThat(hear("b", 2, 20, Duration.ZERO)).isEmpty();
    }

    @Test
    void aClockThatIsAheadIsNamedUntilItIsSetRight() {
        assertThat(hear("a", 1, 0, Duration.ofMinutes(10))).singleElement().asString().contains("600 s ahead");
        assertThat(hear("a", 2, 10, Duration.ofMinutes(10))).isEmpty();
    }
}
