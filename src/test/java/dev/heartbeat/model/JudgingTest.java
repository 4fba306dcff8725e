package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How are thresholds and flap detection written, and of which target do they say what? */
class JudgingTest {
    private static Judging failures(String text) {
        return Judging.of(text, "1", "off");
    }

    private static Target target(String text) {
        int slash = text.indexOf('/');
        return new Target(Kind.of(text.substring(0, slash)), text.substring(slash + 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "1 | host/db | 1", "3 | host/db | 3", " 3 | queue/x | 3",
            "1, website=2, host/db-*=3 | website/portal | 2", "1, website=2, host/db-*=3 | host/db-7 | 3",
            "1, website=2, host/db-*=3 | host/web | 1", "website=2 | host/db | 1", "host=2, host/db=4, host/d*=5 | host/db | 5",
            "host/db=4, 2 | host/db | 2", "*/a*=6 | queue/ab | 6", "host/a=b=7 | host/a=b | 7", "1,, host=2, | host/x | 2",
            "host/å ?=8 | host/å 😀 | 1", "host/å ??=8 | host/å 😀 | 8", "1000 | host/db | 1000" })
    void theLastEntryThatMeansATargetDecides(String text, String target, int count) {
        assertThat(failures(text).failuresBeforeDown(target(target))).isEqualTo(count);
    }

    @Test
    void failuresAndSuccessesAreCountedApart() {
        Judging judging = Judging.of("2", "3", "off");

        assertThat(judging.failuresBeforeDown(target("host/db"))).isEqualTo(2);
        assertThat(judging.successesBeforeUp(target("host/db"))).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "-1", "x", "1001", "1.5", "99999999999", "host=", "host=0", "1, host=x" })
    void whatIsNoNumberIsSaidWithWhatWouldBeRight(String text) {
        assertThatThrownBy(() -> Judging.checkCounts(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no whole number from 1 to 1000; give one for all, or pattern=number for some");
    }

    @Test
    void everyFaultIsSaid() {
        assertThatThrownBy(() -> Judging.checkCounts("0, hosts=2, host/x=many")).hasMessageContainingAll("'0'", "'hosts'",
                "'many'", "a kind (host, website, queue, consumer, health)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "off | host/x | 0 | 0", "OFF | host/x | 0 | 0", "5/20 | host/x | 5 | 20",
            "5/20, website=8/30, host/x=off | website/y | 8 | 30", "5/20, website=8/30, host/x=off | host/x | 0 | 0",
            "1/2 | host/x | 1 | 2", "63/64 | host/x | 63 | 64", "5 / 20 | host/x | 5 | 20" })
    void flappingIsSoManyChangesInSoManyObservations(String text, String target, int most, int window) {
        assertThat(Judging.of("1", "1", text).flapping(target(target))).isEqualTo(new Flapping(most, window));
    }

    @ParameterizedTest
    @ValueSource(strings = { "5", "on", "20/5", "5/5", "0/20", "5/65", "-1/20", "5/20/3", "host=5", "a/b" })
    void whatIsNoFlapDetectionIsSaidWithWhatWouldBeRight(String text) {
        assertThatThrownBy(() -> Judging.checkFlapping(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is neither off nor changes/observations: give such as 5/20");
    }

    @ParameterizedTest
    @CsvSource({ "0b0, 0", "0b1, 1", "0b1011, 3", "0b100000, 0", "0b111111, 5" })
    void onlyTheNewestObservationsCount(String bits, int changes) {
        assertThat(new Flapping(2, 5).changes(Long.parseLong(bits.substring(2), 2))).isEqualTo(changes);
    }

    @Test
    void allSixtyFourCount() {
        assertThat(new Flapping(2, 64).changes(-1)).isEqualTo(64);
        assertThat(Flapping.NEVER.changes(-1)).isZero();
        assertThat(Flapping.NEVER.holds(-1, true)).isFalse();
    }

    @Test
    void whoFlapsIsCalmOnlyAtHalfTheBound() {
        Flapping rule = new Flapping(4, 20);

        assertThat(rule.holds(0b1111, false)).isFalse();
        assertThat(rule.holds(0b11111, false)).isTrue();
        assertThat(rule.holds(0b111, true)).isTrue();
        assertThat(rule.holds(0b11, true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "1", "0.5", ".25", "0.123456789", "1.0" })
    void aShareIsBetweenNoneAndAll(String text) {
        Policy.checkShare(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "1.1", "-0.5", "50%", "NaN", "half", "0,5", "1e-1", "2" })
    void whatIsNoShareIsSaidWithWhatWouldBeRight(String text) {
        assertThatThrownBy(() -> Policy.checkShare(text)).hasMessageContaining("give a number from 0");
    }
}
