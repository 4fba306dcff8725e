package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
    private static final double WIDTH = Math.pow(2, 0.25);

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    private static Histogram of(long... micros) {
        return Histogram.of(java.util.Arrays.stream(micros).mapToObj(HistogramTest::micros).toList());
    }

    private static List<Duration> random(int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToObj(i -> micros(Math.round(Math.pow(10, random.nextDouble() * 8.7)))).toList();
    }

    @Test
    void countShortestLongestAndMeanAreExact() {
        Histogram histogram = of(1_000, 2_000, 2_000, 7_003);
        assertThat(histogram.count()).isEqualTo(4);
        assertThat(histogram.min()).isEqualTo(micros(1_000));
        assertThat(histogram.max()).isEqualTo(micros(7_003));
        assertThat(histogram.mean()).isEqualTo(micros(3_001));
    }

    @ParameterizedTest
    @ValueSource(doubles = { 0, 0.5, 0.95, 1 })
    void ofOneDurationEveryPercentileIsThatDuration(double share) {
        assertThat(of(123_456).percentile(share)).isEqualTo(micros(123_456));
    }

    @ParameterizedTest
    @CsvSource({ "0.01", "0.25", "0.5", "0.9", "0.95", "0.99", "0.999" })
    void aPercentileIsExactToTheWidthOfItsBucket(double share) {
        for (int seed = 0; seed < 20; seed++) {
            List<Duration> durations = new ArrayList<>(random(5_000, seed));
            Histogram histogram = Histogram.of(durations);
            Collections.sort(durations);
            double exact = durations.get((int) Math.ceil(share * durations.size()) - 1).toNanos();
            assertThat(histogram.percentile(share).toNanos() / exact).isBetween(1 / WIDTH - 0.001, WIDTH + 0.001);
        }
    }

    @Test
    void percentilesGrowFromTheShortestToTheLongest() {
        Histogram histogram = Histogram.of(random(1_000, 7));
        List<Duration> percentiles = IntStream.rangeClosed(0, 1_000).mapToObj(i -> histogram.percentile(i / 1_000.0)).toList();
        assertThat(percentiles).isSorted().startsWith(histogram.min()).endsWith(histogram.max());
    }

    @Test
    void aShareIsFromZeroToOne() {
        assertThatThrownBy(() -> of(1).percentile(1.01)).hasMessageContaining("1.01");
        assertThatThrownBy(() -> of(1).percentile(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoTogetherAreOneOfAll() {
        List<Duration> one = random(300, 1);
        List<Duration> other = random(700, 2);
        List<Duration> all = new ArrayList<>(one);
        all.addAll(other);
        assertThat(Histogram.of(one).plus(Histogram.of(other))).isEqualTo(Histogram.of(all))
                .isEqualTo(Histogram.of(other).plus(Histogram.of(one)));
    }

    @Test
    void whatIsTooShortOrTooLongCountsAsTheBound() {
        Histogram histogram = Histogram.of(List.of(Duration.ofSeconds(-1), Duration.ofNanos(1),
                Duration.ofSeconds(Long.MAX_VALUE), Duration.ofMinutes(10)));
        assertThat(histogram.min()).isZero();
        assertThat(histogram.max()).isEqualTo(Duration.ofMinutes(10));
        assertThat(histogram.percentile(0.5)).isLessThanOrEqualTo(micros(1));
        assertThat(histogram.percentile(0.75)).isGreaterThan(Duration.ofMinutes(8));
    }

    @Test
    void everyBoundOfABucketIsInIt() {
        for (int bucket = 1; bucket < Buckets.COUNT; bucket++) {
            int first = (int) Math.ceil(Buckets.floor(bucket));
            assertThat(Buckets.of(first)).as("%d µs", first).isGreaterThanOrEqualTo(bucket);
            assertThat(Buckets.of(first - 1)).as("%d µs", first - 1).isLessThan(bucket);
        }
    }

    @Test
    void spaceIsConstant() {
        assertThat(Histogram.of(random(100_000, 3)).toString()).hasSizeLessThan(1_200);
    }

    @Test
    void itIsWrittenAsShortestLongestSumAndBuckets() {
        assertThat(of(1_500, 2_300, 1_500)).hasToString("1500 2300 5300 42:2 44:1");
    }

    @Test
    void whatIsWrittenIsRead() {
        Histogram histogram = Histogram.of(random(1_000, 4));
        assertThat(Histogram.parse(histogram.toString())).isEqualTo(histogram);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "1", "1 2 3", "a b c 1:1", "1 2 3 1:0", "5 4 9 1:1", "1 9999999999 9 1:1", "-1 2 3 1:1",
            "1 2 3 500:1", "99999999999999999999 2 3 1:1", "{\"min\":1}", "1 2 3 x:y" })
    void whatIsNoHistogramIsNone(String text) {
        assertThat(Histogram.parse(text)).isNull();
    }

    @Test
    void noTextIsNoHistogram() {
        assertThat(Histogram.parse(null)).isNull();
    }

    @Test
    void aBucketThatNobodyKnowsCostsThatBucketAlone() {
        assertThat(Histogram.parse("1500 2300 5300 44:1 x 900:3 42:2 :")).isEqualTo(of(1_500, 2_300, 1_500));
    }

    @Test
    void newsAreToldOnceUnlessTheyAreLost() {
        Tally tally = new Tally();
        assertThat(tally.news()).isNull();
        tally.forget();
        assertThat(tally.news()).isNull();
        tally.add(micros(5));
        assertThat(tally.news()).isEqualTo(of(5));
        assertThat(tally.news()).isNull();
        tally.forget();
        assertThat(tally.news()).isEqualTo(of(5));
        tally.add(micros(9));
        assertThat(tally.news()).isEqualTo(of(5, 9));
    }

    @Test
    void newsDoNotChangeWhenMoreIsCounted() {
        Tally tally = new Tally();
        tally.add(micros(5));
        Histogram first = tally.news();
        tally.add(micros(5));
        assertThat(first).isEqualTo(of(5));
    }

    @Test
    void nothingIsNoHistogram() {
        assertThatThrownBy(() -> Histogram.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
