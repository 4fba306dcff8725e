package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.heartbeat.model.Alert.What;

/** What does a person read in one line? */
class AlertWordsTest {
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00.123Z");

    @ParameterizedTest
    @CsvSource({ "FIRING, DOWN, TIMED_OUT, host db of zone-7 is DOWN",
            "FIRING, UNKNOWN, API_FAILED, host db of zone-7 is UNKNOWN",
            "FIRING, UP, FLAPPING, host db of zone-7 is flapping", "CHANGED, DOWN, TIMED_OUT, host db of zone-7 is DOWN now",
            "REMINDER, DOWN, TIMED_OUT, host db of zone-7 is still DOWN after 4m 12s",
            "REMINDER, UP, FLAPPING, host db of zone-7 is still flapping after 4m 12s",
            "RESOLVED, UP, TIMED_OUT, host db of zone-7 is UP again after 4m 12s",
            "RESOLVED, UP, FLAPPING, host db of zone-7 is steady again after 4m 12s",
            "RESOLVED, , RETIRED, host db of zone-7 is retired" })
    void aTarget(What what, Health health, Reason reason, String words) {
        assertThat(AlertWords.title(alert(what, new Target(Kind.HOST, "db"), health, reason))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({ "FIRING, STALE, SILENT, source zone-7 is silent",
            "REMINDER, STALE, SILENT, source zone-7 is still silent after 4m 12s",
            "RESOLVED, UP, SILENT, source zone-7 is heard again after 4m 12s",
            "FIRING, DOWN, MANY, source zone-7: many targets are not up",
            "REMINDER, DOWN, MANY, source zone-7: many targets are still not up after 4m 12s",
            "RESOLVED, UP, MANY, source zone-7: the many targets are up again after 4m 12s" })
    void aSourceAsAWhole(What what, Health health, Reason reason, String words) {
        assertThat(AlertWords.title(alert(what, null, health, reason))).isEqualTo(words);
    }

    private static Alert alert(What what, Target target, Health health, Reason reason) {
        return new Alert("1-1", what, "zone-7", target, health, SINCE, reason, null, SINCE.plusSeconds(252),
                what == What.FIRING ? null : Duration.ofSeconds(252));
    }

    @ParameterizedTest
    @CsvSource({ "0, 0s", "59, 59s", "60, 1m 0s", "3600, 1h 0m", "90061, 1d 1h" })
    void howLong(long seconds, String words) {
        assertThat(AlertWords.words(Duration.ofSeconds(seconds))).isEqualTo(words);
    }
}
