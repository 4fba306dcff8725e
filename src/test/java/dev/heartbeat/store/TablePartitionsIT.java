package dev.heartbeat.store;

import static dev.heartbeat.store.HistoryFixture.NOW;
import static dev.heartbeat.store.HistoryFixture.get;
import static dev.heartbeat.store.HistoryFixture.site;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.services.Warnings;
import io.smallrye.mutiny.Uni;

class TablePartitionsIT {
    private static final String URL = "https://example.org";
    private final HistoryFixture fixture = new HistoryFixture();

    @AfterEach
    void end() {
        fixture.close();
    }

    private List<String> partitions(String table) {
        return fixture.ask("select c.relname from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = '\"" + table
                + "\"'::regclass order by 1").stream().map(row -> (String) row.get("relname")).toList();
    }

    private static HistoryRow at(String instant) {
        return site(URL, Instant.parse(instant), Outcome.UP);
    }

    @Test
    void monthsAreMadeAhead() {
        HistoryTable table = fixture.started("Heart-beat", RowLayout.HEARTBEAT);
        assertThat(partitions("Heart-beat")).containsExactly("Heart-beat_202611", "Heart-beat_202612", "Heart-beat_202701");

        get(table.upkeep(Instant.parse("2026-12-31T23:59:59Z")));

        assertThat(partitions("Heart-beat")).hasSize(4).contains("Heart-beat_202702");
    }

    @Test
    void aBatchBringsItsOwnMonths() {
        HistoryTable table = fixture.started("heartbeat", RowLayout.HEARTBEAT);

        get(table.write(List.of(at("2019-02-28T23:59:59.999999Z"), at("2019-03-01T00:00:00Z"), at("2027-05-05T00:00:00Z"))));

        assertThat(fixture.ask("select tableoid::regclass::text p from heartbeat order by observed_at")).asString()
                .isEqualTo("[{p=heartbeat_201902}, {p=heartbeat_201903}, {p=heartbeat_202705}]");
    }

    @Test
    void aTableThatIsNotPartitionedKeepsAllWhichIsSaidOnce() {
        try (Warnings warnings = new Warnings(TablePartitions.class)) {
            fixture.started("parted", RowLayout.HEARTBEAT);
            fixture.ask("create table heartbeat (like parted including all)");
            assertThat(warnings.told()).isEmpty();
            HistoryTable table = fixture.started("heartbeat", RowLayout.HEARTBEAT);
            get(table.start());
            get(table.write(List.of(at("2020-01-01T00:00:00Z"))));

            get(table.upkeep(NOW));

            assertThat(fixture.one("select count(*) from heartbeat")).isEqualTo(1L);
            assertThat(warnings.told()).singleElement().asString().contains("heartbeat is not partitioned", "HISTORY_RETENTION",
                    "400 days");
        }
    }

    @Test
    void severalMayMakeThemAtOnce() {
        HistoryTable one = fixture.started("heartbeat", RowLayout.HEARTBEAT);
        HistoryTable two = fixture.started("heartbeat", RowLayout.HEARTBEAT);

        get(Uni.join().all(List.of(one.write(List.of(at("2020-01-01T00:00:00Z"))),
                two.write(List.of(at("2020-01-02T00:00:00Z"), at("2020-02-02T00:00:00Z"))))).andFailFast());

        assertThat(fixture.one("select count(*) from heartbeat")).isEqualTo(3L);
    }

    @Test
    void whatIsTooOldIsDroppedAMonthAtOnce() {
        HistoryTable table = fixture.started("heartbeat", RowLayout.HEARTBEAT);
        HistoryTable other = fixture.started("heartbeat", RowLayout.HEARTBEAT);
        List<HistoryRow> old = List.of(at("2025-09-30T10:00:00Z"), at("2025-10-01T10:00:00Z"), at("2025-10-17T10:00:00Z"));
        get(other.write(old));
        get(table.write(old));
        fixture.ask("create table heartbeat_archive partition of heartbeat for values from ('2010-01-01') to ('2010-02-01')");

        get(table.upkeep(Instant.parse("2026-11-05T00:00:00Z").plus(Duration.ofHours(1))));

        // 400 days before is October 1st, so of October something is young enough.
        assertThat(partitions("heartbeat")).containsExactly("heartbeat_202510", "heartbeat_202611", "heartbeat_202612",
                "heartbeat_202701", "heartbeat_archive");
        get(other.write(List.of(at("2025-09-30T10:00:01Z"), site(URL, NOW, Outcome.UP))));
        assertThat(fixture.one("select count(*) from heartbeat")).isEqualTo(4L);
        assertThat(get(table.uptime("publisher", old.get(0).observation().target(), Instant.parse("2025-09-01T00:00:00Z"),
                Instant.parse("2025-10-01T00:00:00Z")))).isEqualTo(new HistoryCount(1, 0, 0));
    }

    @Test
    void aLongNameStillNamesItsMonths() {
        String longest = "a".repeat(63);

        HistoryTable table = fixture.started(longest, RowLayout.HEARTBEAT);
        get(table.write(List.of(site(URL, NOW, Outcome.UP))));
        get(table.upkeep(NOW.plus(Duration.ofDays(1_000))));

        assertThat(fixture.one("select count(*) from " + longest)).isEqualTo(0L);
        assertThat(partitions(longest)).hasSize(3).allMatch(name -> name.length() == 63);
    }
}
