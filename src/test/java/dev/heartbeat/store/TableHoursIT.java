package dev.heartbeat.store;

import static dev.heartbeat.store.HistoryFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

class TableHoursIT {
    private static final Instant START = Instant.parse("2026-11-20T20:20:20Z");
    private static final Target TARGET = new Target(Kind.WEBSITE, "a");
    private final HistoryFixture fixture = new HistoryFixture();
    private final Random random = new Random(4);
    private final List<HistoryRow> rows = new ArrayList<>();

    @AfterEach
    void end() {
        fixture.close();
    }

    /** One every 30 seconds of each of two targets; some are down, some unknown. */
    private List<HistoryRow> some(Instant from, int count) {
        List<HistoryRow> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Outcome outcome = switch (random.nextInt(4)) {
                case 0 -> Outcome.down(Reason.REJECTED, "500");
                case 1 -> Outcome.unknown(Reason.NOT_ASKED, null);
                default -> Outcome.UP;
            };
            for (String name : List.of("a", "b")) {
                made.add(new HistoryRow("p", new Observation(new Target(Kind.WEBSITE, name), outcome, from.plusSeconds(30L * i),
                        random.nextBoolean() ? Duration.ofMillis(random.nextInt(900)) : null, null), from, null));
            }
        }
        rows.addAll(made);
        return made;
    }

    private HistoryCount counted(Instant from, Instant to) {
        long[] counts = new long[4];
        rows.stream().map(HistoryRow::observation)
                .filter(o -> o.target().equals(TARGET) && !o.at().isBefore(from) && o.at().isBefore(to))
                .forEach(o -> counts[o.outcome().health().ordinal()]++);
        return new HistoryCount(counts[Outcome.UP.health().ordinal()],
                counts[Outcome.down(Reason.SLOW, null).health().ordinal()],
                counts[Outcome.unknown(Reason.SLOW, null).health().ordinal()]);
    }

    private void assertCountsAreRight(HistoryTable table) {
        for (int i = 0; i < 40; i++) {
            Instant from = START.plusSeconds(random.nextInt(16 * 3_600) - 7_200);
            Instant to = from.plusSeconds(random.nextInt(9 * 3_600));
            assertThat(get(table.uptime("p", TARGET, from, to))).as("%s to %s", from, to).isEqualTo(counted(from, to));
        }
        Instant hour = Instant.parse("2026-11-20T22:00:00Z");
        assertThat(get(table.uptime("p", TARGET, hour, hour.plusSeconds(7_200))))
                .isEqualTo(counted(hour, hour.plusSeconds(7_200)));
    }

    private void assertSumsAreRight() {
        assertThat(fixture.ask("select s from heartbeat_hourly s full join (select source, kind, name,"
                + " date_trunc('hour', observed_at) as hour, count(*) filter (where health = 'up') u,"
                + " count(*) filter (where health = 'down') d, count(*) filter (where health = 'unknown') n, sum(latency_us) l,"
                + " min(latency_us) i, max(latency_us) x, count(latency_us) c from heartbeat where observed_at < '2026-11-21T04:00Z'"
                + " group by 1, 2, 3, 4) c using (source, kind, name, hour) where (up, down, unknown, latency_us_sum, latency_us_min,"
                + " latency_us_max, latency_us_count) is distinct from (u, d, n, l, i, x, c)")).isEmpty();
    }

    @Test
    void sumsAreWhatAStraightCountSaysAlsoOfLateRows() {
        HistoryTable table = fixture.started("heartbeat", RowLayout.HEARTBEAT);
        get(table.write(some(START, 900)));
        assertCountsAreRight(table);
        Instant now = Instant.parse("2026-11-21T04:10:00Z");
        get(table.upkeep(now));
        assertThat(fixture.one("select count(*) from heartbeat_hourly")).isEqualTo(16L);
        assertSumsAreRight();
        assertCountsAreRight(table);

        get(table.write(some(START.plusSeconds(11), 300)));

        assertCountsAreRight(table);
        get(table.upkeep(now));
        assertSumsAreRight();
        assertCountsAreRight(table);
    }

    @Test
    void thereIsNoNoteLeftOfAnHourThatIsSummed() {
        HistoryTable table = fixture.started("heartbeat", RowLayout.HEARTBEAT);
        get(table.write(some(START, 900)));

        get(table.upkeep(START.plus(Duration.ofDays(1))));

        assertThat(fixture.one("select count(*) from heartbeat_touched")).isEqualTo(0L);
        // What is read from here on are the sums alone.
        fixture.ask("update heartbeat set health = 'down'");
        Instant hour = Instant.parse("2026-11-20T22:00:00Z");
        assertThat(get(table.uptime("p", TARGET, hour, hour.plusSeconds(3_600))))
                .isEqualTo(counted(hour, hour.plusSeconds(3_600)));
    }

    @Test
    void aRowWrittenWhileSumsAreMadeIsNotMissed() {
        HistoryTable table = fixture.started("heartbeat", RowLayout.HEARTBEAT);
        HistoryTable other = fixture.started("heartbeat", RowLayout.HEARTBEAT);
        Instant later = START.plus(Duration.ofDays(1));
        for (int i = 0; i < 30; i++) {
            get(Uni.join().all(List.of(table.write(some(START.plusMillis(i), 200)),
                    other.write(some(START.plusMillis(500 + i), 200)), table.upkeep(later), other.upkeep(later)))
                    .andFailFast());
        }

        assertCountsAreRight(table);
        get(table.upkeep(later));
        assertSumsAreRight();
    }

    @Test
    void sumsOutliveTheirRows() {
        HistoryTable table = fixture.started("heartbeat", RowLayout.HEARTBEAT);
        get(table.write(some(START, 240)));
        HistoryCount before = counted(START.minusSeconds(86_400), START.plusSeconds(86_400));
        get(table.upkeep(START.plus(Duration.ofDays(500))));

        get(table.write(List.of(rows.get(0))));
        get(table.upkeep(START.plus(Duration.ofDays(500))));

        assertThat(fixture.one("select count(*) from heartbeat")).isEqualTo(0L);
        assertThat(get(table.uptime("p", TARGET, START.minusSeconds(86_400), START.plusSeconds(86_400)))).isEqualTo(before);
    }
}
