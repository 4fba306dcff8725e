package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.heartbeat.model.PythonFound.Part;
import dev.heartbeat.model.PythonPattern.Match;

/** What can be told of how a pattern was read, and of where it was found? */
class PythonReadingTest {
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = { "\\w CATEGORIES", "[\\d] CATEGORIES", "(?a)\\w NONE", "\\bx BOUNDARY",
            "(?a)\\bx NONE",
            "(?i)x CASE", "(?ai)x NONE", "a.b DOT", "(?s)a.b NONE", "x$ DOLLAR", "^x NONE", "(?m)^x LINES", "x\\Z END",
            "[a&&b] AMPERSANDS", "[a&b] NONE", "[[a] BRACKET", "(?P<n>x) NAME", "x{,2} COUNT", "x{1,2} NONE", "(?#y)x COMMENT",
            "(x)?(?(1)a|b) CONDITION", "[.$] NONE", "abc NONE" })
    void whatJavaWouldReadInAnotherWayIsNamed(String pattern, String difference) {
        List<String> named = PythonPattern.compile(pattern).differences().stream().map(Enum::name).toList();
        assertThat(named).isEqualTo(difference.equals("NONE") ? List.of() : List.of(difference));
    }

    @Test
    void everyDifferenceHasWordsOfItsOwn() {
        assertThat(Arrays.stream(PythonDifference.values()).map(PythonDifference::words)).doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }

    @Test
    void groupsHaveTheirNumbersNamesAndPlacesAsPythonCountsThem() {
        PythonFound found = PythonPattern.compile("(?P<mark>x)?(?(mark)a|b)(?P<rest>c+)(d)?").find("\ud83d\ude00 xacc");

        assertThat(found.match()).isEqualTo(Match.FOUND);
        assertThat(found.parts()).containsExactly(new Part("", 2, 6, "xacc"), new Part("mark", 2, 3, "x"),
                new Part("rest", 4, 6, "cc"), new Part("", -1, -1, null));
    }

    @Test
    void whatIsNotFoundHasNoPartsAndItsCost() {
        PythonFound found = PythonPattern.compile("x(y)").find("abc");
        assertThat(found.match()).isEqualTo(Match.NOT_FOUND);
        assertThat(found.parts()).isEmpty();
        assertThat(found.steps()).isBetween(1L, 100L);
    }

    @Test
    void aSearchThatIsGivenUpHasSpentItsBudget() {
        PythonFound found = PythonPattern.compile("(a+)+\\1$").find("a".repeat(60) + "!");
        assertThat(found.match()).isEqualTo(Match.TOO_COSTLY);
        assertThat(found.steps()).isEqualTo(PythonPattern.DEFAULT_BUDGET);
    }

    @Test
    void whatJavaAloneWouldSayIsKnown() {
        assertThat(PythonPattern.compile("x\\Z").searchAsJava("x\n")).isEqualTo(Match.FOUND);
        assertThat(PythonPattern.compile("x\\Z").search("x\n")).isEqualTo(Match.NOT_FOUND);
        assertThat(PythonPattern.compile("(?P<n>x)").searchAsJava("x")).isNull();
    }
}
