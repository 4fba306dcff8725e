package dev.heartbeat.store;

import static dev.heartbeat.store.HistoryFixture.NOW;
import static dev.heartbeat.store.HistoryFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.heartbeat.model.RowLayout;
import dev.heartbeat.services.PostgresServer;

class CanaryTest {
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
}
