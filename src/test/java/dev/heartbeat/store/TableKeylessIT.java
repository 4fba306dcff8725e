package dev.heartbeat.store;

import static dev.heartbeat.store.HistoryFixture.NOW;
import static dev.heartbeat.store.HistoryFixture.at;
import static dev.heartbeat.store.HistoryFixture.get;
import static dev.heartbeat.store.HistoryFixture.records;
import static dev.heartbeat.store.HistoryFixture.site;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.heartbeat.model.Asked;
import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.model.Target;
import dev.heartbeat.services.Warnings;
import io.smallrye.mutiny.Uni;

class TableKeylessIT {
    private static final String URL = "https://en.wikipedia.org/wiki/Special:Random";
    private final HistoryFixture fixture = new HistoryFixture();
    private final Warnings warnings = new Warnings(TablePositions.class);

    @AfterEach
    void end() {
        warnings.close();
        fixture.close();
    }

    private static HistoryRow down(Reason reason, String detail, Integer status, Boolean match) {
        return at(new HistoryRow("p", new Observation(new Target(Kind.WEBSITE, "wiki"), Outcome.down(reason, detail),
                Instant.parse("2023-01-07T08:13:50.5Z"), null, new Evidence(status, match, null), new Asked(URL, "x+")), NOW,
                null),
                "t", 0, 5);
    }

    @Test
    void theServiceHealthCheckersTableHasItsColumnsAndValues() {
        HistoryTable table = fixture.started("test", RowLayout.METRICS);

        get(table.write(
                List.of(at(site(URL, NOW, Outcome.UP), "t", 0, 4), down(Reason.REJECTED, "503 Service Unavailable", 503, null),
                        down(Reason.MISMATCH, "no match", 200, false), down(Reason.TIMED_OUT, null, null, null))));

        assertThat(fixture.columns("test")).containsExactly("timestamp numeric", "target_url text", "http_status integer",
                "latency_ms numeric", "error_text text", "pattern text", "is_pattern_found boolean");
        assertThat(fixture.ask("select * from test").stream().map(row -> row.values().toString())).containsExactly(
                "[1795264496.789012, " + URL + ", 200, 2500.000, null, a.c, true]",
                "[1673079230.500000, " + URL + ", 503, null, 503 Service Unavailable, x+, null]",
                "[1673079230.500000, " + URL + ", 200, null, null, x+, false]",
                "[1673079230.500000, " + URL + ", null, null, TIMED_OUT, x+, null]");
    }

    @Test
    void theHostCheckersTableKeepsItsFourColumns() {
        fixture.ask("create table host_metrics (status_code SMALLINT, latency NUMERIC, address TEXT, is_valid BOOLEAN)");
        HistoryTable table = fixture.started("host_metrics", RowLayout.HOST_METRICS);

        get(table.write(List.of(at(site(URL, NOW, Outcome.UP), "t", 0, 4), down(Reason.TIMED_OUT, null, null, null))));

        assertThat(fixture.ask("select * from host_metrics").stream().map(row -> row.values().toString())).containsExactly(
                "[200, 2.500000, " + URL + ", true]", "[null, null, " + URL + ", false]");
    }

    @Test
    void whatTheHostCheckersTableMustHaveIsThere() {
        fixture.ask("create table hm (address TEXT not null, id serial primary key, status_code SMALLINT not null,"
                + " latency real not null, is_valid BOOLEAN not null, observed_at timestamptz)");
        HistoryTable table = fixture.started("hm", RowLayout.HOST_METRICS);

        get(table.write(List.of(at(new HistoryRow("p", new Observation(new Target(Kind.WEBSITE, URL),
                Outcome.unknown(Reason.NOT_ASKED, null), NOW), NOW, null), "t", 0, 1))));

        assertThat(fixture.ask("select status_code, latency, address, is_valid, observed_at::text from hm"))
                .singleElement().asString()
                .isEqualTo("{status_code=0, latency=0.0, address=" + URL
                        + ", is_valid=false, observed_at=2026-11-21 12:34:56.789012+00}");
    }

    @Test
    void aHostCheckersTableOfOursHasATimeToo() {
        HistoryTable table = fixture.started("hm", RowLayout.HOST_METRICS);

        get(table.write(List.of(down(Reason.REJECTED, "503", 503, null))));

        assertThat(fixture.columns("hm")).containsExactly("status_code smallint", "latency numeric", "address text",
                "is_valid boolean", "source text", "name text", "reason text", "detail text",
                "observed_at timestamp with time zone");
        assertThat(fixture.ask("select source, name, reason, detail, observed_at::text from hm").get(0).values()).asString()
                .isEqualTo("[p, wiki, REJECTED, 503, 2023-01-07 08:13:50.5+00]");
    }

    @ParameterizedTest
    @EnumSource(value = RowLayout.class, names = { "METRICS", "HOST_METRICS" })
    void aRepeatWritesNothing(RowLayout layout) {
        HistoryTable table = fixture.started("t", layout);
        List<HistoryRow> batch = records(0, 1_234);
        get(table.write(batch.subList(0, 600)));
        get(table.write(batch));

        get(fixture.started("t", layout).write(batch));

        assertThat(fixture.one("select count(*) from t")).isEqualTo(1_234L);
        assertThat(fixture.ask("select topic, partition, \"offset\" from heartbeat_positions order by 2")).asString()
                .isEqualTo("[{topic=sites, partition=0, offset=1232}, {topic=sites, partition=1, offset=1233}]");
        assertThat(warnings.told()).isEmpty();
    }

    @Test
    void twoThatWriteTheSameRowsAtOnceWriteThemOnce() {
        HistoryTable one = fixture.started("t", RowLayout.METRICS);
        HistoryTable two = fixture.started("t", RowLayout.METRICS);
        for (int i = 0; i < 20; i++) {
            List<HistoryRow> batch = records(100 * i, 100);
            get(Uni.join().all(List.of(one.write(batch), two.write(batch))).andFailFast());
        }

        assertThat(fixture.one("select count(*) from t")).isEqualTo(2_000L);
    }

    @Test
    void theSameTopicIntoTwoTablesIsWrittenToBoth() {
        get(fixture.started("a", RowLayout.METRICS).write(records(0, 10)));
        get(fixture.started("b", RowLayout.METRICS).write(records(0, 10)));

        assertThat(fixture.one("select (select count(*) from a) + (select count(*) from b)")).isEqualTo(20L);
    }

    @Test
    void rowsAndPositionsAreWrittenTogetherOrNotAtAll() {
        HistoryTable table = fixture.started("t", RowLayout.METRICS);
        get(table.write(records(0, 10)));
        fixture.ask("create function away() returns trigger language plpgsql as"
                + " $$ begin raise exception 'away' using errcode = '53200'; end $$;"
                + " create trigger away before insert on t for each row when (new.target_url like '%/6') execute function away()");
        assertThatThrownBy(() -> get(table.write(records(10, 10)))).hasMessageContaining("away");
        fixture.ask("drop trigger away on t");

        get(table.write(records(10, 10)));

        assertThat(fixture.one("select count(*) from t")).isEqualTo(20L);
    }

    @Test
    void aWriteWhoseConnectionEndsFailsAtOnceAndMayBeRepeated() {
        HistoryTable table = fixture.started("t", RowLayout.METRICS);
        fixture.ask(
                "create function wait() returns trigger language plpgsql as $$ begin perform pg_sleep(30); return new; end $$;"
                        + " create trigger wait before insert on t for each row execute function wait()");
        String writing = " from pg_stat_activity where application_name = 'heartbeat' and datname = current_database()"
                + " and wait_event = 'PgSleep'";
        CompletableFuture<Void> write = table.write(records(0, 10)).subscribeAsCompletionStage();
        await().atMost(Duration.ofSeconds(60)).until(() -> !fixture.ask("select 1" + writing).isEmpty());

        fixture.ask("select pg_terminate_backend(pid)" + writing);

        assertThat(write).failsWithin(Duration.ofSeconds(10));
        fixture.ask("drop trigger wait on t");
        get(table.write(records(0, 10)));
        assertThat(fixture.one("select count(*) from t")).isEqualTo(10L);
    }

    @Test
    void aRefusedRowHoldsUpNoneOfItsPartition() {
        HistoryTable table = fixture.started("t", RowLayout.METRICS);
        fixture.ask("alter table t add check (target_url not like '%/6')");
        List<HistoryRow> batch = records(0, 70);

        RowRefusedException refused = catchThrowableOfType(RowRefusedException.class, () -> get(table.write(batch)));

        assertThat(refused.reasons()).hasSize(10)
                .allSatisfy((row, reason) -> assertThat(row.observation().address()).endsWith("/6"));
        assertThat(fixture.one("select count(*) from t")).isEqualTo(60L);
    }

    @Test
    void aTopicMadeAnewIsWrittenOnceItsPositionsAreDeleted() {
        HistoryTable table = fixture.started("t", RowLayout.METRICS);
        get(table.write(records(0, 10)));
        fixture.ask("delete from heartbeat_positions where table_name = 'public.t'");

        get(table.write(records(0, 10)));

        assertThat(fixture.one("select count(*) from t")).isEqualTo(20L);
    }

    /** Its offsets begin again: that is no repeat, and must not pass without a word. */
    @Test
    void whatIsNewAndHasAnOldOffsetIsWarnedOfOnceForEachPartition() {
        HistoryTable table = fixture.started("t", RowLayout.METRICS);
        List<HistoryRow> before = records(0, 10);
        get(table.write(before));
        get(table.write(before));
        get(fixture.started("t", RowLayout.METRICS).write(before.subList(2, 6)));
        assertThat(warnings.told()).isEmpty();

        List<HistoryRow> after = before.stream().map(row -> at(site(URL, NOW.plusSeconds(60), Outcome.UP),
                row.position().topic(), row.position().partition(), row.position().offset())).toList();
        get(table.write(after));
        get(table.write(after));

        assertThat(fixture.one("select count(*) from t")).isEqualTo(10L);
        assertThat(warnings.told()).hasSize(2).allSatisfy(warning -> assertThat(warning)
                .contains("delete from heartbeat_positions where table_name = 'public.t' and topic = 'sites'"));
    }

    /** Heard at another time each time: that makes it no newer. */
    @Test
    void aRepeatThatNamesNoTimeIsARepeat() {
        HistoryTable table = fixture.started("t", RowLayout.METRICS);
        for (int i = 0; i < 2; i++) {
            Instant heard = NOW.plusSeconds(60 * i);
            HistoryRow row = site(URL, heard, Outcome.UP);
            get(table.write(List.of(at(new HistoryRow(row.source(), row.observation(), heard, null), "t", 0, 1))));
        }

        assertThat(fixture.one("select count(*) from t")).isEqualTo(1L);
        assertThat(warnings.told()).isEmpty();
    }

    /** The positions may stand in a schema that both see. */
    @Test
    void tablesOfOneNameInTwoSchemasHavePositionsOfTheirOwn() {
        fixture.ask("create schema one; create schema two");
        fixture.started("other", RowLayout.METRICS);
        get(fixture.openWith("&options=-c%20search_path%3Done,public", "t", RowLayout.METRICS).start());
        get(fixture.openWith("&options=-c%20search_path%3Dtwo,public", "t", RowLayout.METRICS).start());
        for (String schema : List.of("one", "two")) {
            HistoryTable table = fixture.openWith("&options=-c%20search_path%3D" + schema + ",public", "t", RowLayout.METRICS);
            get(table.start());
            get(table.write(records(0, 10)));
        }

        assertThat(fixture.one("select (select count(*) from one.t) * (select count(*) from two.t)")).isEqualTo(100L);
        assertThat(fixture.one("select count(distinct table_name) from heartbeat_positions")).isEqualTo(2L);
    }

    @Test
    void withoutThePositionsTableRepeatsAreWrittenAgainWhichIsSaidOnce() {
        String role = fixture.role();
        fixture.ask(
                "create table t (timestamp NUMERIC, target_url TEXT, http_status INTEGER, latency_ms NUMERIC, error_text TEXT,"
                        + " pattern TEXT, is_pattern_found BOOLEAN); grant insert on t to " + role);
        HistoryTable table = fixture.open(role, "t", RowLayout.METRICS, 500);
        get(table.start());
        get(table.start());

        get(table.write(records(0, 10)));
        get(table.write(records(0, 10)));

        assertThat(fixture.one("select count(*) from t")).isEqualTo(20L);
        assertThat(warnings.told()).singleElement().asString().contains("may stand there twice");
    }

    @Test
    void whatComesWithoutAPositionIsWrittenAlwaysWhichIsSaidOnce() {
        HistoryTable table = fixture.started("t", RowLayout.METRICS);
        HistoryRow row = site(URL, NOW, Outcome.UP);

        get(table.write(List.of(row, at(row, "t", 0, 0))));
        get(table.write(List.of(row, at(row, "t", 0, 0))));

        assertThat(fixture.one("select count(*) from t")).isEqualTo(3L);
        assertThat(warnings.told()).hasSize(1);
    }
}
