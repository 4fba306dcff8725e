package dev.heartbeat.store;

import static dev.heartbeat.store.HistoryFixture.NOW;
import static dev.heartbeat.store.HistoryFixture.get;
import static dev.heartbeat.store.HistoryFixture.records;
import static dev.heartbeat.store.HistoryFixture.site;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

class TableHeartbeatIT {
    private static final String URL = "https://www.example.co.uk/";
    private static final String SNAPSHOT = "select string_agg(h::text || h.xmin::text, '' order by h) from heartbeat h";
    private final HistoryFixture fixture = new HistoryFixture();

    @AfterEach
    void end() {
        fixture.close();
    }

    private HistoryTable started() {
        return fixture.started("heartbeat", RowLayout.HEARTBEAT);
    }

    @Test
    void aTableOfOursHasItsColumnsAndKey() {
        started();

        assertThat(fixture.columns("heartbeat")).containsExactly("source text not null", "kind text not null",
                "name text not null", "address text", "host text", "root_domain text", "health text not null", "reason text",
                "detail text", "status_code integer", "latency_us bigint", "pattern text", "pattern_found boolean",
                "certificate_expiry timestamp with time zone", "observed_at timestamp with time zone not null",
                "received_at timestamp with time zone not null");
        assertThat(fixture.one("select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'heartbeat'::regclass"
                + " and contype = 'p'")).isEqualTo("PRIMARY KEY (source, kind, name, observed_at)");
    }

    @Test
    void everyValueIsRight() {
        HistoryTable table = started();
        Instant expiry = Instant.parse("2027-01-01T00:00:00Z");

        get(table.write(List.of(site(URL, NOW, Outcome.UP),
                new HistoryRow("p2", new Observation(new Target(Kind.QUEUE, "inbox"), Outcome.unknown(Reason.API_FAILED, "403"),
                        NOW, null, new Evidence(null, null, expiry)), NOW, null))));

        assertThat(fixture
                .ask("select source, kind, name, address, host, root_domain, health, reason, detail, status_code, latency_us,"
                        + " pattern, pattern_found, (certificate_expiry at time zone 'UTC')::text expiry,"
                        + " (observed_at at time zone 'UTC')::text observed, (received_at at time zone 'UTC')::text received"
                        + " from heartbeat order by source desc")
                .stream().map(row -> row.values().toString()))
                .containsExactly(
                        "[publisher, website, " + URL + ", " + URL + ", www.example.co.uk, example.co.uk, up, null, null, 200,"
                                + " 2500000, a.c, true, null, 2026-11-21 12:34:56.789012, 2026-11-21 12:34:57.789012]",
                        "[p2, queue, inbox, inbox, null, null, unknown, API_FAILED, 403, null, null, null, null,"
                                + " 2027-01-01 00:00:00, 2026-11-21 12:34:56.789012, 2026-11-21 12:34:56.789012]");
    }

    @Test
    void aRepeatChangesNothingAlsoWhenItIsHeardLater() {
        HistoryTable table = started();
        List<HistoryRow> batch = records(0, 1_234);
        get(table.write(batch.subList(0, 700)));
        get(table.write(batch));
        Object before = fixture.one(SNAPSHOT);

        get(table.write(batch.stream().map(row -> new HistoryRow(row.source(), row.observation(),
                row.received().plusSeconds(9), null)).toList()));

        assertThat(fixture.one(SNAPSHOT)).isEqualTo(before);
        assertThat(fixture.one("select count(*) from heartbeat")).isEqualTo(1_234L);
    }

    @Test
    void ofOneKeyTwiceInABatchTheLastCounts() {
        HistoryTable table = started();

        get(table.write(List.of(site(URL, NOW, Outcome.down(Reason.REJECTED, "500")), site(URL, NOW.plusNanos(5), Outcome.UP),
                site(URL + "\0", NOW, Outcome.UP), site(URL + "\uD800", NOW, Outcome.down(Reason.SLOW, "a\0b\uDC00c")))));

        assertThat(fixture.ask("select name, health, detail from heartbeat order by name")).asString()
                .isEqualTo("[{name=" + URL + ", health=up, detail=null}, {name=" + URL
                        + "\uFFFD, health=down, detail=ab\uFFFDc}]");
    }

    @Test
    void aRowThatIsRefusedIsNamedAndTheOthersAreDurable() {
        HistoryTable table = started();
        fixture.ask("alter table heartbeat add check (status_code <> 666)");
        List<HistoryRow> batch = new ArrayList<>(records(0, 300));
        HistoryRow wrong = new HistoryRow("p", new Observation(new Target(Kind.WEBSITE, "x"), Outcome.UP, NOW, null,
                new Evidence(666, null, null)), NOW, null);
        // Too long for the index of the key, and for no rule of ours. Random, or it would be compressed.
        HistoryRow longest = site(new Random(1).ints(9_000, 'a', 'z').collect(StringBuilder::new,
                StringBuilder::appendCodePoint, StringBuilder::append).toString(), NOW, Outcome.UP);
        HistoryRow timeless = site(URL, Instant.MAX.minusSeconds(9), Outcome.UP);
        batch.addAll(100, List.of(wrong, timeless));
        batch.add(longest);

        RowRefusedException refused = catchThrowableOfType(RowRefusedException.class, () -> get(table.write(batch)));

        assertThat(refused.reasons()).containsOnlyKeys(wrong, longest, timeless);
        assertThat(refused.reasons().get(wrong)).contains("check constraint");
        assertThat(fixture.one("select count(*) from heartbeat")).isEqualTo(300L);
    }

    @Test
    void twoThatWriteTheSameRowsAtOnceBothSucceed() {
        HistoryTable one = started();
        HistoryTable two = started();
        List<HistoryRow> batch = records(0, 2_000);
        List<HistoryRow> backwards = new ArrayList<>(batch);
        Collections.reverse(backwards);

        get(Uni.join().all(List.of(one.write(batch), two.write(backwards))).andFailFast());

        assertThat(fixture.one("select count(*) from heartbeat")).isEqualTo(2_000L);
    }

    @Test
    void withoutTheRightToCreateTheTablesThatAreThereAreUsed() {
        started();
        String role = fixture.role();
        HistoryTable table = fixture.open(role, "heartbeat", RowLayout.HEARTBEAT, 500);
        assertThatThrownBy(() -> get(table.start())).hasMessageContaining("lacks INSERT, SELECT, UPDATE");
        fixture.ask("grant select, insert, update on heartbeat, heartbeat_hourly, heartbeat_touched to " + role);
        assertThatThrownBy(() -> get(table.start())).hasMessageContaining("heartbeat_touched")
                .hasMessageContaining("lacks DELETE");
        fixture.ask("grant delete on heartbeat_touched to " + role);
        HistoryRow old = site(URL, NOW.minus(Duration.ofDays(90)), Outcome.UP);

        get(table.start());

        RowRefusedException refused = catchThrowableOfType(RowRefusedException.class,
                () -> get(table.write(List.of(site(URL, NOW, Outcome.UP), old))));
        assertThat(refused.reasons()).containsOnlyKeys(old);
        assertThat(fixture.one("select count(*) from heartbeat")).isEqualTo(1L);
        fixture.ask("drop table heartbeat_202611");
        HistoryTable blocked = fixture.open(role, "heartbeat", RowLayout.HEARTBEAT, 500);
        get(blocked.start());
        assertThatThrownBy(() -> get(blocked.write(List.of(site(URL, NOW, Outcome.UP)))))
                .isNotInstanceOf(RowRefusedException.class).hasMessageContaining("permission denied");
    }
}
