package dev.heartbeat.model;

import static dev.heartbeat.model.PythonPattern.Match.FOUND;
import static dev.heartbeat.model.PythonPattern.Match.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Does every single character belong where Python 3.11 puts it? Compared are the characters that both this Java's Unicode and
 * Python's (14) have assigned.
 */
class PythonPatternSetsTest {
    private static final Map<String, Characters> PYTHON = read();
    private static final BitSet COMPARED = compared();

    /** Which characters, or groups of them, did Python print under this name? Written by {@code regex/generate.py}. */
    record Characters(String name, List<List<Integer>> ranges, List<String> groups) {
        BitSet points() {
            var points = new BitSet();
            ranges.forEach(range -> points.set(range.get(0), range.get(1) + 1));
            return points;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "\\w", "\\d", "\\s", "." })
    void holdsExactlyThePythonCharacters(String set) {
        var pattern = PythonPattern.compile("\\A" + set + "\\Z");

        var ours = COMPARED.stream().filter(point -> pattern.search(Character.toString(point), 100) == FOUND);

        assertThat(hex(ours)).isEqualTo(hex(both(PYTHON.get(set).points()).stream()));
    }

    @ParameterizedTest
    @ValueSource(strings = { "\\w", "\\d", "\\s" })
    void theNegatedClassHoldsExactlyTheOthers(String set) {
        var pattern = PythonPattern.compile("\\A[^" + set + "]\\Z");

        var ours = COMPARED.stream().filter(point -> pattern.search(Character.toString(point), 100) == NOT_FOUND);

        assertThat(hex(ours)).isEqualTo(hex(both(PYTHON.get(set).points()).stream()));
    }

    @Test
    void characterIgnoringCaseMatchesThePythonCharactersAndNoOther() {
        var groups = PYTHON.get("(?i)").groups.stream().map(PythonPatternSetsTest::known).toList();
        var all = String.join("", groups);

        var wrong = groups.stream().flatMap(group -> group.codePoints().mapToObj(Character::toString)
                .filter(one -> !found("(?i)" + one, all).equals(group)
                        || !found("(?i)[" + one + "-" + one + "_]", all).equals(group)));

        assertThat(groups).hasSizeGreaterThan(1300);
        assertThat(wrong).isEmpty();
    }

    @Test
    void characterWithoutCaseMatchesNoneThatHasCase() {
        var cased = String.join("", PYTHON.get("(?i)").groups);
        var others = (BitSet) COMPARED.clone();
        cased.codePoints().forEach(others::clear);
        var all = new StringBuilder("(?i)[");
        for (int from = others.nextSetBit(0); from >= 0; from = others.nextSetBit(others.nextClearBit(from)))
            all.append("\\U%08x-\\U%08x".formatted(from, others.nextClearBit(from) - 1));

        var wrong = found(all + "]", known(cased));

        assertThat(hex(wrong.codePoints())).isEmpty();
    }

    /** The characters of the text that the pattern finds, in their order. */
    private static String found(String pattern, String text) {
        return Pattern.compile(PythonSyntax.read(pattern).java()).matcher(text).results().map(MatchResult::group)
                .collect(Collectors.joining());
    }

    private static String known(String characters) {
        return characters.codePoints().filter(COMPARED::get).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static BitSet both(BitSet points) {
        var both = (BitSet) points.clone();
        both.and(COMPARED);
        return both;
    }

    private static BitSet compared() {
        var compared = PYTHON.get("assigned").points();
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(point -> !Character.isDefined(point))
                .forEach(compared::clear);
        return compared;
    }

    private static List<String> hex(IntStream points) {
        return points.mapToObj(Integer::toHexString).toList();
    }

    private static Map<String, Characters> read() {
        try (var resource = PythonPatternSetsTest.class.getResourceAsStream("/regex/python-3.11-sets.json")) {
            return new ObjectMapper().readValue(resource, new TypeReference<List<Characters>>() {
            }).stream().collect(Collectors.toMap(Characters::name, each -> each));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
