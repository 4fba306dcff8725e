package dev.heartbeat.model;

import static dev.heartbeat.model.PythonPattern.DEFAULT_BUDGET;
import static dev.heartbeat.model.PythonPattern.Match.FOUND;
import static dev.heartbeat.model.PythonPattern.Match.NOT_FOUND;
import static dev.heartbeat.model.PythonPattern.Match.TOO_COSTLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonPatternBudgetTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(strings = { "(a|aa)+\\1x", "(a+)+\\1$", "(.*)*\\1x", "a*a*a*a*a*a*a*a*x",
            "(?>a*a*a*a*a*a*a*x)" })
    void catastrophicPatternIsGivenUp(String pattern) {
        var text = "a".repeat(60) + "!";

        var match = assertTimeoutPreemptively(PATIENCE, () -> PythonPattern.compile(pattern).search(text, DEFAULT_BUDGET));

        assertThat(match).isEqualTo(TOO_COSTLY);
    }

    /** No character is read at the end of the text, so these would never spend a budget that counts characters only. */
    @ParameterizedTest
    @ValueSource(strings = { "(?:$|$){60}", "(?:a?|b?){60}", "(?:(?:$|\\Z){1000}){1000}", "(?:(?:a|$){30000}){30000}",
            "(?:(?:a?){30000}){30000}", "(?:(?=$)){999999999}", "(?:(?:){30000}){30000}", "(?:(?:a*?){30000}){30000}" })
    void catastropheAtTheEndOfTheTextIsGivenUp(String pattern) {
        var regex = PythonPattern.compile(pattern + "(?!)");

        var match = assertTimeoutPreemptively(PATIENCE, () -> regex.search("", 1_000_000));

        assertThat(match).isIn(TOO_COSTLY, NOT_FOUND);
    }

    @Test
    void choicesThatReadNothingAreCounted() {
        var regex = PythonPattern.compile("(?:a?|b?)".repeat(60) + "(?!)");

        var match = assertTimeoutPreemptively(PATIENCE, () -> regex.search("", 1_000_000));

        assertThat(match).isEqualTo(TOO_COSTLY);
    }

    @Test
    void overflownStackIsTooCostlyAndHarmsNoLaterSearch() {
        var deep = PythonPattern.compile("(?:foo|ba)*c");
        var text = "fooba".repeat(40_000);

        assertThat(deep.search(text, DEFAULT_BUDGET)).isEqualTo(TOO_COSTLY);
        assertThat(deep.search("foobac", DEFAULT_BUDGET)).isEqualTo(FOUND);
    }

    @ParameterizedTest
    @CsvSource({ "(a|b)*c", "(?:a|b)*c", "(?s)<x>(.|\\n)*c", "(.|\\n)*c" })
    void choiceOfSingleCharactersNeedsNoStack(String pattern) {
        var text = "<x>" + "ab".repeat(100_000) + "c";

        assertThat(PythonPattern.compile(pattern).search(text, DEFAULT_BUDGET)).isEqualTo(FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = { "status\\W+not_ok", "(?i)<title>\\s*error\\b", "^.*\\b[45]\\d\\d\\b.*$", "\\w+@\\w+\\.invalid",
            "(?m)^\\s*ERROR:", "(?:foo|bar|baz)=(\\d+);\\1", "<p>[^<>]*missing" })
    void ordinaryPatternOverOneMebibyteStaysWithinTheBudget(String pattern) {
        var line = "<p class=\"item\">The quick brown fox, 200 OK; status: ok, été 12345 foo=1</p>\n";
        var text = line.repeat((1 << 20) / line.length());

        var match = PythonPattern.compile(pattern).search(text, DEFAULT_BUDGET);

        assertThat(match).isNotEqualTo(TOO_COSTLY);
    }

    @Test
    void theSameStepsAreCountedEveryTime() {
        var regex = PythonPattern.compile("(a|aa)+\\1$");
        var text = "a".repeat(20) + "!";
        long least = least(regex, text);

        for (int round = 0; round < 100; round++) {
            assertThat(regex.search(text, least)).isEqualTo(NOT_FOUND);
            assertThat(regex.search(text, least - 1)).isEqualTo(TOO_COSTLY);
        }
    }

    /** The smallest budget that suffices. */
    private static long least(PythonPattern regex, String text) {
        long low = 0;
        long high = 1_000_000;
        while (high - low > 1) {
            long middle = (low + high) / 2;
            if (regex.search(text, middle) == TOO_COSTLY)
                low = middle;
            else
                high = middle;
        }
        return high;
    }
}
