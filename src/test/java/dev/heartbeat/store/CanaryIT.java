package dev.heartbeat.store;

import static dev.heartbeat.store.HistoryFixture.NOW;
import static dev.heartbeat.store.HistoryFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.services.PostgresServer;
import dev.heartbeat.services.Warnings;
import io.smallrye.mutiny.Uni;

class CanaryIT {
    private final HistoryFixture fixture = new HistoryFixture();

    @AfterEach
    void end() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(RowLayout.class)
    void aRowArrivesInEveryLayoutAndGoes(RowLayout layout) {
        HistoryTable table = fixture.started("t", layout);
        Canary canary = table.canary();
        assertThat(canary.age(NOW)).isNull();

        get(canary.sing(NOW));
        get(canary.sing(NOW.plusSeconds(60)));

        assertThat(canary.age(NOW.plusSeconds(120))).isEqualTo(Duration.ofMinutes(1));
        assertThat(canary.failure()).isNull();
        assertThat(fixture.one("select count(*) from t")).isEqualTo(0L);
        get(table.upkeep(NOW.plusSeconds(86_400)));
        assertThat(layout != RowLayout.HEARTBEAT || fixture.ask("select * from t_hourly").isEmpty()).isTrue();
    }

    /** Another process may not have read its own yet. */
    @ParameterizedTest
    @EnumSource(RowLayout.class)
    void whatADeadProcessLeftGoesAfterAWhile(RowLayout layout) {
        HistoryTable table = fixture.started("t", layout);
        get(table.write(List.of(Canary.row(NOW))));

        get(table.canary().sing(NOW.plusSeconds(60)));
        assertThat(fixture.one("select count(*) from t")).isEqualTo(1L);

        get(table.canary().sing(NOW.plusSeconds(660)));
        assertThat(fixture.one("select count(*) from t")).isEqualTo(0L);
    }

    @ParameterizedTest
    @EnumSource(value = RowLayout.class, names = { "METRICS", "HOST_METRICS" })
    void theCanaryReadsNoOtherRowsOfATableWithoutAKey(RowLayout layout) {
        HistoryTable table = fixture.started("t", layout);
        get(table.canary().sing(NOW));

        String address = layout == RowLayout.METRICS ? "target_url" : "address";
        fixture.ask("alter database \"" + fixture.database + "\" set enable_seqscan = off");
        assertThat(fixture.ask("explain select 1 from t where " + address + " = 'heartbeat://canary'").toString())
                .contains("t_canary");
    }

    @ParameterizedTest
    @EnumSource(RowLayout.class)
    void aRowThatATriggerSwallowsIsMissed(RowLayout layout) {
        HistoryTable table = fixture.started("t", layout);
        get(table.canary().sing(NOW));
        fixture.ask("create function swallow() returns trigger language plpgsql as $$ begin return null; end $$;"
                + " create trigger swallow before insert on t for each row execute function swallow()");

        assertThatThrownBy(() -> get(table.canary().sing(NOW.plusSeconds(60)))).hasMessageContaining("can not be read back");

        assertThat(table.canary().age(NOW.plusSeconds(61))).isEqualTo(Duration.ofSeconds(61));
        assertThat(table.canary().failure()).contains("can not be read back");
    }

    /** The writers of the tables of others needed no more than INSERT. */
    @ParameterizedTest
    @EnumSource(value = RowLayout.class, names = { "METRICS", "HOST_METRICS" })
    void whereRowsMayNotBeReadNoneIsSentWhichIsSaidOnce(RowLayout layout) {
        fixture.started("t", layout);
        String role = fixture.role();
        fixture.ask("grant insert on t to " + role);
        HistoryTable table = fixture.open(role, "t", layout, 500);
        get(table.start());
        try (Warnings warnings = new Warnings(Canary.class)) {
            get(table.canary().sing(NOW));
            get(table.canary().sing(NOW.plusSeconds(60)));

            assertThat(warnings.told()).singleElement().asString().contains("grant SELECT");
        }
        assertThat(table.canary().isMute()).isTrue();
        assertThat(table.canary().failure()).isNull();
        assertThat(fixture.one("select count(*) from t")).isEqualTo(0L);
    }

    @Test
    void aRightThatIsTakenAwayLaterSilencesItToo() {
        fixture.started("t", RowLayout.METRICS);
        String role = fixture.role();
        fixture.ask("grant insert, select, delete on t to " + role);
        HistoryTable table = fixture.open(role, "t", RowLayout.METRICS, 500);
        get(table.start());
        get(table.canary().sing(NOW));
        fixture.ask("revoke select on t from " + role);

        get(table.canary().sing(NOW.plusSeconds(60)));
        get(table.canary().sing(NOW.plusSeconds(120)));

        assertThat(table.canary().isMute()).isTrue();
        assertThat(table.canary().failure()).isNull();
        assertThat(fixture.one("select count(*) from t")).isEqualTo(1L);
    }

    /** The one sends its row and takes it away before the other has read its own. */
    @ParameterizedTest
    @EnumSource(RowLayout.class)
    void twoNeverTakeEachOthersRows(RowLayout layout) {
        for (Duration later : List.of(Duration.ZERO, Duration.ofMillis(50))) {
            HistoryTable other = fixture.started("t", layout);
            TableLayout met = new Met(fixture.layout("t", layout), () -> other.canary().sing(NOW.plus(later)));
            Canary canary = new Canary("t", new HistoryWriter("t", met, 500), met);

            get(canary.sing(NOW));

            assertThat(canary.age(NOW)).isZero();
            assertThat(other.canary().age(NOW.plus(later))).isZero();
            assertThat(fixture.one("select count(*) from t")).isEqualTo(0L);
        }
    }

    /** A table of others, which keeps what it is told as exactly as it can. */
    @ParameterizedTest
    @ValueSource(strings = { "numeric", "numeric(13,3)", "double precision", "real", "bigint" })
    void howExactAColumnIsDoesNotMatter(String type) {
        fixture.ask("create table t (status_code smallint, latency " + type + ", address text, is_valid boolean)");
        HistoryTable table = fixture.started("t", RowLayout.HOST_METRICS);

        get(table.canary().sing(NOW));

        assertThat(table.canary().age(NOW)).isZero();
        assertThat(fixture.one("select count(*) from t")).isEqualTo(0L);
    }

    @Test
    void withoutTheRightToDeleteTheRowsStayAndStillArrive() {
        fixture.started("t", RowLayout.HEALTHCHECK);
        String role = fixture.role();
        fixture.ask("grant select, insert, update on t to " + role);
        HistoryTable table = fixture.open(role, "t", RowLayout.HEALTHCHECK, 500);
        get(table.start());

        get(table.canary().sing(NOW));

        assertThat(table.canary().age(NOW)).isZero();
    }

    @Test
    void aDatabaseThatIsAwayIsSaidAndComesBack() {
        try (PostgresServer server = PostgresServer.start(); HistoryFixture away = new HistoryFixture(server)) {
            HistoryTable table = away.started("heartbeat", RowLayout.HEARTBEAT);
            get(table.canary().sing(NOW));
            server.stop();
            assertThatThrownBy(() -> get(table.canary().sing(NOW.plusSeconds(60))));
            assertThat(table.canary().failure()).isNotBlank();
            assertThatThrownBy(() -> get(table.ping()));
            server.startAgain();

            get(table.ping().onFailure().retry().atMost(5));
            get(table.canary().sing(NOW.plusSeconds(120)));

            assertThat(table.canary().failure()).isNull();
            assertThat(away.one("select count(*) from heartbeat")).isEqualTo(0L);
        }
    }

    /** A table where something happens after the first row, before it is looked for. */
    private static final class Met implements TableLayout {
        private final TableLayout layout;
        private final Supplier<Uni<Void>> meeting;
        private boolean isWritten;

        Met(TableLayout layout, Supplier<Uni<Void>> meeting) {
            this.layout = layout;
            this.meeting = meeting;
        }

        @Override
        public Uni<Void> start() {
            return layout.start();
        }

        @Override
        public Uni<List<TableName>> look() {
            return layout.look();
        }

        @Override
        public Object key(HistoryRow row) {
            return layout.key(row);
        }

        @Override
        public Uni<Void> write(List<HistoryUnit> units) {
            isWritten = true;
            return layout.write(units);
        }

        @Override
        public Uni<Void> upkeep(Instant now) {
            return layout.upkeep(now);
        }

        @Override
        public Uni<Boolean> holds(HistoryRow canary) {
            return (isWritten ? meeting.get() : Uni.createFrom().voidItem()).chain(() -> layout.holds(canary));
        }

        @Override
        public Uni<Void> forget(HistoryRow canary, Duration age) {
            return layout.forget(canary, age);
        }
    }
}
