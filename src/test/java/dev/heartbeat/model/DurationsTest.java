package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({ "60, PT1M", "0, PT0S", "0.5, PT0.5S", ".5, PT0.5S", "5., PT5S", "' 60 ', PT1M", "500ms, PT0.5S", "30s, PT30S",
            "2m, PT2M", "1h, PT1H", "1d, PT24H", "30d, PT720H", "2 m, PT2M", "1.5h, PT1H30M", "PT30S, PT30S", "pt1m, PT1M",
            "P1DT1H, PT25H", "PT0.5S, PT0.5S", "0.0015, PT0.002S", "0ms, PT0S", "2592000, PT720H" })
    void durationsAsPeopleWriteThem(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "-1", "-1s", "NaN", "Infinity", "1e3", "soon", "5 minutes", "1h30m", "2M", "1,5", "0x10",
            "1s\n2s", "٣", "PT", "P1Y", ".", "1 ms s", "9999999999999" })
    void whatIsNoDurationIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be a duration such as 60 (seconds), 0.5, 500ms, 2m, 1h, 1d or PT30S");
    }

    @ParameterizedTest
    @ValueSource(strings = { "31d", "2592001", "999999999999", "PT721H", "P106751991167300D" })
    void moreThanThirtyDaysIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).hasMessage("must be at most 30d");
    }

    @ParameterizedTest
    @ValueSource(strings = { "PT-1S", "-PT1S", "0.0004", "PT0.0001S", "PT-0.0001S" })
    void lessThanAMillisecondButNotNothingIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).hasMessage("must be 0 or at least 1ms");
    }

    @ParameterizedTest
    @ValueSource(strings = { "0ms", "1ms", "90s", "2m", "3h", "1d", "1500ms" })
    void wordsAreWhatIsParsed(String words) {
        assertThat(Durations.words(Durations.parse(words))).isEqualTo(words);
    }
}
