package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexCommandTest {
    private final Console console = new Console();

    @ParameterizedTest
    @CsvSource({ "b+, abbc, 0, 'match      yes, characters 1 to 3: \"bb\"'", "x, abc, 1, match      no",
            "(?P<n>b)(z)?, abc, 0, 'group 1 (n) characters 1 to 2: \"b\"'", "(?P<n>b)(z)?, abc, 0, group 2    took no part",
            "\\w+\\Z, \u00e9, 0, differs    \\Z is the very end", "x\\Z, 'x\n', 1, java alone would say that it matches",
            "'a{,2}', a, 0, java alone would refuse the pattern as it is",
            "\\e, a, 1, warning    not portable: Python refuses \\e",
            "(a+)+\\1$, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!, 2, match      too costly",
            "-b, a-b, 0, match      yes", "@x, @x, 0, match      yes", "'', abc, 0, 'yes, characters 0 to 0: \"\"'" })
    void aPatternIsToldAsItIsReadAndWhatItFinds(String pattern, String text, int code, String words) {
        assertThat(console.run("regex", pattern, text)).as(console.told()).isEqualTo(code);
        assertThat(console.told()).contains(words);
    }

    @Test
    void theCostAndWhatJavaIsGivenAreTold() {
        console.run("regex", "a.", "ab");
        assertThat(console.told()).containsPattern("cost +\\d+ of 50000000 steps")
                .containsPattern("java +a\\[\\^\\\\x\\{a}]  with UNIX_LINES");
    }

    @Test
    void whatIsRefusedIsPointedAt() {
        assertThat(console.run("regex", "a(b", "x")).isEqualTo(2);
        assertThat(console.told().lines()).anySatisfy(line -> assertThat(line).startsWith("refused: ").contains("position 1"))
                .endsWith("  a(b", "   ^");
    }

    @Test
    void nothingInPatternOrTextMovesTheCursor() {
        console.run("regex", "\u001b(.)", "a\u001b\u0007");
        assertThat(console.told()).doesNotContain("\u001b").doesNotContain("\u0007").contains("\\u001b");
    }

    @Test
    void oneWordAloneIsAskedForTheOther() {
        assertThat(console.run("regex", "a")).isEqualTo(2);
        assertThat(console.told()).contains("TEXT");
    }
}
