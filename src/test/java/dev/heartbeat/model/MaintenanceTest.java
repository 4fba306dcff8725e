package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose trouble is expected when? 2026-12-06 is a Sunday. */
class MaintenanceTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static boolean covers(String text, String zone, String target, String at) {
        Target one = target == null || target.isBlank() ? null
                : new Target(Kind.of(target.substring(0, target.indexOf('/'))), target.substring(target.indexOf('/') + 1));
        return Maintenance.of(text, ZoneId.of(zone)).covers("zone-7", one, Instant.parse(at));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * 02:00-04:00                                 | host/db | 2026-12-06T02:00:00Z     | true
            * 02:00-04:00                                 | host/db | 2026-12-06T01:59:59Z     | false
            * 02:00-04:00                                 | host/db | 2026-12-06T03:59:59.999Z | true
            * 02:00-04:00                                 | host/db | 2026-12-06T04:00:00Z     | false
            * 22:30-00:30                                 | host/db | 2026-12-06T23:00:00Z     | true
            * 22:30-00:30                                 | host/db | 2026-12-06T00:29:00Z     | true
            * 22:30-00:30                                 | host/db | 2026-12-06T00:30:00Z     | false
            * 22:00-24:00                                 | host/db | 2026-12-06T23:59:59Z     | true
            * 22:00-24:00                                 | host/db | 2026-12-06T00:00:00Z     | false
            * Sun 02:00-04:00                             | host/db | 2026-12-06T03:00:00Z     | true
            * Sunday 02:00-04:00                          | host/db | 2026-12-06T03:00:00Z     | true
            * Sun 02:00-04:00                             | host/db | 2026-12-07T03:00:00Z     | false
            * Sun 22:00-04:00                             | host/db | 2026-12-06T23:00:00Z     | true
            * Sun 22:00-04:00                             | host/db | 2026-12-07T03:00:00Z     | true
            * Sun 22:00-04:00                             | host/db | 2026-12-06T03:00:00Z     | false
            * Sun 22:00-04:00                             | host/db | 2026-12-07T23:00:00Z     | false
            * 2026-12-01T22:00Z/2026-12-02T02:00Z         | host/db | 2026-12-02T01:59:59Z     | true
            * 2026-12-01T22:00Z/2026-12-02T02:00Z         | host/db | 2026-12-02T02:00:00Z     | false
            * 2026-12-01T22:00Z/PT4H                      | host/db | 2026-12-02T01:59:59Z     | true
            * 2026-12-01T22:00Z/PT4H                      | host/db | 2026-12-02T02:00:00Z     | false
            * 2026-12-01T22:00+02:00/PT1H                 | host/db | 2026-12-01T20:30:00Z     | true
            * 2026-12-01T22:00/PT1H                       | host/db | 2026-12-01T22:30:00Z     | true
            host/db-* 02:00-04:00                         | host/db | 2026-12-06T03:00:00Z     | false
            host/d? 02:00-04:00                           | host/db | 2026-12-06T03:00:00Z     | true
            host/d? 02:00-04:00                           | website/db | 2026-12-06T03:00:00Z  | false
            */db 02:00-04:00                              | website/db | 2026-12-06T03:00:00Z  | true
            website 02:00-04:00; host 05:00-06:00         | host/db | 2026-12-06T05:00:00Z     | true
            website 02:00-04:00; host 05:00-06:00         | host/db | 2026-12-06T02:00:00Z     | false
            host/my db 02:00-04:00                        | host/my db | 2026-12-06T03:00:00Z  | true
            host/the sun 02:00-04:00                      | host/the | 2026-12-06T03:00:00Z    | true
            host/a:b/c 02:00-04:00                        | host/a:b/c | 2026-12-06T03:00:00Z  | true
            source/zone-* 02:00-04:00                     | host/db | 2026-12-06T03:00:00Z     | true
            source/zone-* 02:00-04:00                     |         | 2026-12-06T03:00:00Z     | true
            source/zone-8 02:00-04:00                     | host/db | 2026-12-06T03:00:00Z     | false
            source 02:00-04:00                            |         | 2026-12-06T03:00:00Z     | true
            * 02:00-04:00                                 |         | 2026-12-06T03:00:00Z     | true
            host 02:00-04:00                              |         | 2026-12-06T03:00:00Z     | false
            """)
    void coversWhatThePatternNamesWhileTheWindowLasts(String text, String target, String at, boolean covered) {
        assertThat(covers(text, "UTC", target, at)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({ "2026-07-01T00:30:00Z, true", "2026-07-01T02:30:00Z, false", "2026-12-01T00:30:00Z, false",
            "2026-12-01T01:30:00Z, true" })
    void timesAreThoseOfTheClockOnTheWallInTheZone(String at, boolean covered) {
        assertThat(covers("* 02:00-04:00", "Europe/Oslo", "host/db", at)).isEqualTo(covered);
    }

    @Test
    void blankIsNoWindowAtAll() {
        assertThat(Maintenance.of(" ; ", UTC)).isEqualTo(Maintenance.none());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host/db                                | has no window
            host/db 25:00-26:00                    | is no window
            host/db 02:00-04:60                    | is no window
            host/db 02:00-02:00                    | ends when or before it begins
            * Sunn 02:00-04:00                     | means no targets
            hots/db 02:00-04:00                    | means no targets
            * 2026-12-01T22:00Z/2026-12-01T21:00Z  | ends when or before it begins
            * 2026-12-01T22:00Z/PT0S               | ends when or before it begins
            * 2026-13-01T22:00Z/PT4H               | is no window
            * 2026-12-01T22:00Z                    | is no window
            """)
    void whatIsNoWindowIsSaidInWords(String text, String words) {
        assertThatThrownBy(() -> Maintenance.of(text, UTC)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
