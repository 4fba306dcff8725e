package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.heartbeat.model.Uptime.Day;

class BarTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-08-24");

    /** One number per day: minutes down of 1,440; a dash for a day that nobody observed. */
    private static List<Day> days(String minutes) {
        List<String> words = Arrays.asList(minutes.split(" "));
        return java.util.stream.IntStream.range(0, words.size())
                .mapToObj(index -> words.get(index).equals("-") ? new Day(FIRST.plusDays(index), 0, 0)
                        : new Day(FIRST.plusDays(index), 1440, Integer.parseInt(words.get(index))))
                .toList();
    }

    @Test
    void whatWasUpAllTheTimeNeedsNoPath() {
        Bar bar = Bar.of(days("0 0 0"), 1.0);
        assertThat(bar).isEqualTo(new Bar(3, true, null, null, null, "100 % over 3 days"));
    }

    @Test
    void aRunOfEqualDaysIsOneLine() {
        Bar bar = Bar.of(days("0 0 5 0 0 0 1440 1440 5"), 0.8);
        assertThat(bar.up()).isEqualTo("M0 6.5h2m1 0h3");
        assertThat(bar.some()).isEqualTo("M2 5.5h1m5 0h1");
        assertThat(bar.down()).isEqualTo("M6 5h2");
        assertThat(bar.words()).isEqualTo("80 % over 9 days, 4 days with failures");
    }

    @Test
    void aDayThatNobodyObservedIsInNoPath() {
        Bar bar = Bar.of(days("- - 0 - 0"), 1.0);
        assertThat(bar.allUp()).isFalse();
        assertThat(bar.up()).isEqualTo("M2 6.5h1m1 0h1");
        assertThat(bar.some()).isNull();
        assertThat(bar.down()).isNull();
        assertThat(bar.words()).isEqualTo("100 % over 5 days, 3 days not observed");
    }

    @Test
    void nothingObservedIsSaidSo() {
        assertThat(Bar.of(days("- -"), null).words()).isEqualTo("nothing observed in 2 days");
    }

    @ParameterizedTest
    @CsvSource({ "1, 100 %", "0.99999, 99.99 %", "0.9995, 99.95 %", "0.5, 50 %", "0, 0 %", "0.123, 12.30 %", ", –" })
    void aShareIsNeverRoundedUp(Double share, String words) {
        assertThat(PageText.percent(share)).isEqualTo(words);
    }
}
