package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
    private static Instant jdk(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "2026-11-21T12:34:56Z", "2026-11-21T12:34:56.7Z", "2026-11-21T12:34:56.789Z",
            "2026-11-21T12:34:56.789012345Z", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999999999Z", "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z", "2024-02-29T00:00:00.000Z", "2023-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
            "2026-11-31T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T23:60:00Z", "2016-12-31T23:59:60Z",
            "2026-11-21T12:34:56.Z",
            "2026-11-21T12:34:56.1234567890Z", "2026-11-21T12:34:56+01:00", "2026-11-21T12:34:56", "2026-11-21t12:34:56z",
            "2026-11-21 12:34:56Z", "+12026-11-21T12:34:56Z", "-0001-11-21T12:34:56Z", "2026-11-21T12:34Z", "", "Z", "now" })
    void everyTextIsReadAsTheJdkReadsIt(String text) {
        assertThat(IsoTime.parse(text)).isEqualTo(jdk(text));
    }

    @Test
    void textsWithAnyCharacterInAnyPlaceAreReadAsTheJdkReadsThem() {
        Random random = new Random(20261121);
        String characters = "0123456789TZ:-.+ tz\u0661";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder("2026-11-21T12:34:56.789Z");
            for (int change = random.nextInt(3); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), characters.charAt(random.nextInt(characters.length())));
            }
            assertThat(IsoTime.parse(text.toString())).as(text.toString()).isEqualTo(jdk(text.toString()));
        }
    }
}
