package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Do the Service health checker's options ask for one target, and say what is wrong? */
class ScTargetTest {
    private static Targets of(String url, double delay, double timeout, String pattern) {
        return ScTarget.of(url, Duration.ofMillis(Math.round(delay * 1000)), Duration.ofMillis(Math.round(timeout * 1000)),
                pattern);
    }

    @Test
    void theOneTargetHasItsPaceAndPattern() {
        Targets targets = of("https://en.wikipedia.org/wiki/Special:Random", 30, 2.5, "foobar");

        WebsiteSpec website = targets.specs(WebsiteSpec.class).get(0);
        assertThat(targets.specs()).hasSize(1);
        assertThat(website.name()).isEqualTo("https://en.wikipedia.org/wiki/Special:Random");
        assertThat(website.pace()).isEqualTo(new Pace(Duration.ofSeconds(30), Duration.ofMillis(2500), 0));
        assertThat(website.expect().body()).hasToString("foobar");
        assertThat(website.topic()).isNull();
    }

    @Test
    void noPatternAndABlankOneAreNone() {
        assertThat(of("http://a", 1, 1, null).hash()).isEqualTo(of("http://a", 1, 1, "").hash());
        assertThat(of("http://a", 1, 1, null).asked().values()).containsExactly(new Asked("http://a", null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '§', textBlock = """
            -              | 30      | 10   | -  | --target (TARGET) must be given: an address that starts with http:// or https://
            hush@a         | 30      | 10   | -  | --target (TARGET) must start with http:// or https://
            http://a       | 0       | 10   | -  | --delay (DELAY) must be more than 0 and at most 30d
            http://a       | -1      | 10   | -  | --delay (DELAY) must be more than 0 and at most 30d
            http://a       | 2592001 | 10   | -  | --delay (DELAY) must be more than 0 and at most 30d
            http://a       | 30      | 3601 | -  | --timeout (TIMEOUT) must be more than 0 and at most 1h
            http://a       | 30      | 10   | (a | --pattern (PATTERN): "(a" must be a regular expression as Python's re.search takes it: <(a>
            """)
    void aWrongOptionIsNamedWithWhatWouldBeRight(String url, double delay, double timeout, String pattern, String message) {
        assertThatThrownBy(() -> of(url, delay, timeout, pattern)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(Complaints.in(message));
    }
}
