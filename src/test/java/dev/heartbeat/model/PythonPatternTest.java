package dev.heartbeat.model;

import static dev.heartbeat.model.PythonPattern.DEFAULT_BUDGET;
import static dev.heartbeat.model.PythonPattern.Match.FOUND;
import static dev.heartbeat.model.PythonPattern.Match.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

class PythonPatternTest {

    /** What did Python 3.11 answer? Written by {@code regex/generate.py}. */
    record Row(String clause, String pattern, String text, String python, Integer position, String ours) {
        @Override
        public String toString() {
            return clause + ": " + pattern + (text == null ? "" : " on " + new ObjectMapper().valueToTree(text)) + " is "
                    + python;
        }
    }

    static Stream<Row> searches() throws IOException {
        return rows().filter(row -> row.text != null);
    }

    static Stream<Row> refusals() throws IOException {
        return rows().filter(row -> row.python.equals("refused") && row.ours == null || "unsupported".equals(row.ours));
    }

    static Stream<Row> warnings() throws IOException {
        return rows().filter(row -> "warned".equals(row.ours));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void findsWhatPythonFinds(Row row) {
        var pattern = PythonPattern.compile(row.pattern);

        var match = pattern.search(row.text, DEFAULT_BUDGET);

        assertThat(match).isEqualTo(row.python.equals("found") ? FOUND : NOT_FOUND);
        assertThat(pattern.warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWhatPythonRefusesAndSaysWhere(Row row) {
        var refusal = catchThrowableOfType(PythonPatternException.class, () -> PythonPattern.compile(row.pattern));

        assertThat(refusal).isNotNull();
        assertThat(refusal).hasMessageContaining("(position " + refusal.position() + ")");
        if (row.position != null)
            assertThat(refusal.position()).as(refusal.getMessage()).isEqualTo(row.position);
    }

    @ParameterizedTest
    @MethodSource("warnings")
    void acceptsAndWarnsOfWhatOnlyJavaKnows(Row row) {
        var pattern = PythonPattern.compile(row.pattern);

        assertThat(pattern.warnings()).singleElement().asString().startsWith("not portable: Python refuses ")
                .contains("(position " + row.position + ")");
    }

    @Test
    void everyRowIsTested() throws IOException {
        var tested = Stream.of(searches(), refusals(), warnings()).flatMap(rows -> rows).toList();

        assertThat(tested).hasSizeGreaterThan(500).containsExactlyInAnyOrderElementsOf(rows().toList());
    }

    @ParameterizedTest
    @CsvSource({ "a(?i)b, AB, FOUND", "a(?i)b, Ac, NOT_FOUND", "(a(?i)b)c, ABC, FOUND", "a(?x) b, ab, FOUND",
            "\\e, '\u001b', FOUND", "\\e, e, NOT_FOUND", "[\\h], '\u3000', FOUND", "[^\\h], '\t', NOT_FOUND",
            "\\h, '\u2028', NOT_FOUND" })
    void whatIsNotPortableMeansWhatTheWarningSays(String pattern, String text, PythonPattern.Match expected) {
        assertThat(PythonPattern.compile(pattern).search(text, DEFAULT_BUDGET)).isEqualTo(expected);
    }

    /** Python names no position for these. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = { "ab(?<=a*)b; 2; takes 0 to any number of characters", "ab(?<!a|bc)b; 2; takes 1 to 2",
            "a{99999999999}; 1; the largest count is 2147483647", "(?a)(?u)b; 4; keep one",
            "(a(?(1)b|c)); 5; still open", "(?(1)a)(x); 3; comes later", "\\N{HANGUL SYLLABLE GA}; 0; write \\uXXXX" })
    void tellsWhereAndWhatWouldBeRight(String pattern, int position, String message) {
        var refusal = catchThrowableOfType(PythonPatternException.class, () -> PythonPattern.compile(pattern));

        assertThat(refusal.position()).isEqualTo(position);
        assertThat(refusal).hasMessageContaining(message);
    }

    @Test
    void aPatternNestedTooDeeplyIsRefused() {
        var refusal = catchThrowableOfType(PythonPatternException.class,
                () -> PythonPattern.compile("(".repeat(100_000) + ")".repeat(100_000)));

        assertThat(refusal).hasMessageContaining("nested too deeply");
    }

    @ParameterizedTest
    @ValueSource(strings = { "a", "(?P<n>b)" })
    void equalWhenWrittenEqually(String pattern) {
        assertThat(PythonPattern.compile(pattern)).isEqualTo(PythonPattern.compile(pattern))
                .hasSameHashCodeAs(PythonPattern.compile(pattern)).hasToString(pattern)
                .isNotEqualTo(PythonPattern.compile("x"));
    }

    private static Stream<Row> rows() throws IOException {
        try (var resource = PythonPatternTest.class.getResourceAsStream("/regex/python-3.11.json")) {
            return new ObjectMapper().readValue(resource, new TypeReference<List<Row>>() {
            }).stream();
        }
    }
}
