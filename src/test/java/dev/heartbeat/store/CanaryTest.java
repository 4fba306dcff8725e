package dev.heartbeat.store;

import static dev.heartbeat.store.HistoryFixture.NOW;
import static dev.heartbeat.store.HistoryFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

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
    void aRowArrivesInEveryLayoutAndOldOnesGo(RowLayout layout) {
        HistoryTable table = fixture.started("t", layout);
        Canary canary = table.canary();
        assertThat(canary.age(NOW)).isNull();

        for (int minute = 0; minute < 30; minute++) {
            get(canary.sing(NOW.plusSeconds(60L * minute)));
        }

        assertThat(canary.age(NOW.plusSeconds(30 * 60))).isEqualTo(Duration.ofMinutes(1));
        assertThat(canary.failure()).isNull();
        assertThat((Long) fixture.one("select count(*) from t")).isBetween(10L, 11L);
        get(table.upkeep(NOW.plusSeconds(86_400)));
        assertThat(layout != RowLayout.HEARTBEAT || fixture.ask("select * from t_hourly").isEmpty()).isTrue();
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
            assertThat(away.one("select count(*) from heartbeat")).isEqualTo(2L);
        }
    }
}
