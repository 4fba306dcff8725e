package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhTimeTest {
    /** As the keys' reader has it. */
    private static final DateTimeFormatter READER = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'");

    @ParameterizedTest
    @CsvSource({
            "2024-11-11T13:40:17Z, 2024-11-11 13:40:17 UTC",
            "2024-02-29T00:00:00.999999999Z, 2024-02-29 00:00:00 UTC",
            "1969-12-31T23:59:59.5Z, 1969-12-31 23:59:59 UTC",
            "0001-01-01T00:00:00Z, 0001-01-01 00:00:00 UTC",
            "-0001-01-01T00:00:00Z, 0001-01-01 00:00:00 UTC",
            "0000-12-31T23:59:59Z, 0001-01-01 00:00:00 UTC",
            "+10000-01-01T00:00:00Z, 9999-12-31 23:59:59 UTC",
            "+1000000000-12-31T23:59:59Z, 9999-12-31 23:59:59 UTC" })
    void anInstantIsWrittenInSecondsAndFourDigitsOfYear(Instant instant, String text) {
        assertThat(PhTime.text(instant)).isEqualTo(text);
        assertThat(LocalDateTime.parse(text, READER)).isNotNull();
    }

    @Test
    void theReaderOfTheKeysReadsEveryInstant() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(-63_000_000_000L, 260_000_000_000L));
            String text = PhTime.text(instant);
            LocalDateTime read = LocalDateTime.parse(text, READER);
            assertThat(read.format(READER)).isEqualTo(text);
            assertThat(PhTime.instant(text)).isEqualTo(read.toInstant(ZoneOffset.UTC));
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "2024-11-11 13:40:17", "2024-11-11T13:40:17 UTC", "2024-11-11 13:40:17 GMT",
            "2024-02-30 13:40:17 UTC", "2024-11-11 24:00:00 UTC", "2024-11-11 13:40:60 UTC", "0000-11-11 13:40:17 UTC",
            "٢٠٢٤-11-11 13:40:17 UTC", "2024-11-11 13:40:17 UTC " })
    void whatIsNotWrittenExactlySoIsNoInstant(String text) {
        assertThat(PhTime.instant(text)).isNull();
    }
}
