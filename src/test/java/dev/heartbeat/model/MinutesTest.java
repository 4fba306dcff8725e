package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinutesTest {
    private static final long HOUR = 498_682;

    @ParameterizedTest
    @CsvSource({ "0, 1, 1, 0", "59, 60, 800000000000000, 0", "0, 60, fffffffffffffff, 0", "58, 62, c00000000000000, 3",
            "60, 61, 0, 1", "5, 5, 0, 0", "7, 3, 0, 0", "-1, 2, 3, 0" })
    void bitsOfTheHoursThatATimeTouchesAreSet(int from, int to, String first, String second) {
        Minutes marked = Minutes.NONE.mark(HOUR * 60 + from, HOUR * 60 + to);

        assertThat(Long.toHexString(marked.bits(HOUR))).isEqualTo(first);
        assertThat(Long.toHexString(marked.bits(HOUR + 1))).isEqualTo(second);
    }

    @Test
    void markingAgainIsTheSameValue() {
        Minutes marked = Minutes.NONE.mark(10, 200);

        assertThat(marked.mark(50, 70)).isSameAs(marked);
        assertThat(marked.mark(10, 200)).isSameAs(marked);
        assertThat(marked.mark(200, 200)).isSameAs(marked);
    }

    @Test
    void anyOrderOfMarksIsTheSameAsASetOfMinutes() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            BitSet set = new BitSet();
            Minutes marked = Minutes.NONE;
            for (int i = 0; i < 30; i++) {
                int from = random.nextInt(60 * 48);
                int to = from + random.nextInt(150);
                set.set(from, to);
                marked = marked.mark(from, to);
            }
            for (int minute = 0; minute < 60 * 52; minute++) {
                assertThat((marked.bits(minute / 60) >> minute % 60 & 1) == 1).isEqualTo(set.get(minute));
            }
        }
    }

    @Test
    void nothingIsTheOneThatIsShared() {
        assertThat(Minutes.NONE.mark(0, 5).with(0, 0)).isSameAs(Minutes.NONE);
        assertThat(Minutes.NONE.plus(7, 3).plus(7, -3)).isSameAs(Minutes.NONE);
        assertThat(Minutes.NONE.mark(0, 5).plus(7, 3).since(1, 8)).isSameAs(Minutes.NONE);
    }

    @Test
    void whatIsOlderGoesAndTheRestStays() {
        Minutes minutes = Minutes.NONE.mark(0, 600).plus(1, 10).plus(2, 20).plus(3, -5);
        Minutes left = minutes.since(4, 2);

        assertThat(left.hours()).containsExactly(4, 5, 6, 7, 8, 9);
        assertThat(left.days()).containsExactly(2, 3);
        assertThat(left.count(1)).isZero();
        assertThat(left.count(3)).isEqualTo(-5);
        assertThat(left.since(4, 2)).isSameAs(left);
    }

    @Test
    void countsAddUp() {
        Minutes minutes = Minutes.NONE.plus(20, 5).plus(10, 1).plus(20, 7).plus(15, 2).plus(10, 0);

        assertThat(minutes.days()).containsExactly(10, 15, 20);
        assertThat(minutes.count(20)).isEqualTo(12);
        assertThat(minutes).isEqualTo(Minutes.NONE.plus(15, 2).plus(10, 1).plus(20, 12))
                .hasSameHashCodeAs(Minutes.NONE.plus(15, 2).plus(10, 1).plus(20, 12));
    }
}
