package dev.heartbeat.store;

import static dev.heartbeat.store.HistoryFixture.get;
import static dev.heartbeat.store.HistoryFixture.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.RowLayout;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class HistoriesIT {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private final HistoryFixture fixture = new HistoryFixture();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void end() {
        fixture.close();
    }

    private HistoryStore started(Histories histories, String user) {
        HistoryStore opened = histories.open(fixture.address(user), "t", RowLayout.METRICS, "readers/t");
        get(opened.start());
        return opened;
    }

    private Gauge age() {
        return registry.get("heartbeat.history.canary.age").gauge();
    }

    /** INSERT is all that the writer of that table ever needed. */
    @Test
    void whereRowsMayNotBeReadTheTableIsReadyAndNothingHasAnAge() {
        fixture.started("t", RowLayout.METRICS);
        String role = fixture.role();
        fixture.ask("grant insert on t to " + role);
        Histories histories = fixture.histories(Duration.ofMillis(100), registry);

        HistoryStore table = started(histories, role);

        await().atMost(BOUND).untilAsserted(() -> assertThat(age().value()).isNaN());
        get(table.write(records(0, 3)));
        assertThat(histories.fault()).isNull();
        assertThat(fixture.one("select count(*) from t")).isEqualTo(3L);
    }

    @Test
    void rowsThatDoNotArriveAreAFault() {
        fixture.started("t", RowLayout.METRICS);
        fixture.ask("create function swallow() returns trigger language plpgsql as $$ begin return null; end $$;"
                + " create trigger swallow before insert on t for each row execute function swallow()");
        Histories histories = fixture.histories(Duration.ofMillis(100), registry);
        assertThat(histories.fault()).isNull();

        started(histories, "postgres");

        await().atMost(BOUND).untilAsserted(() -> assertThat(histories.fault()).contains("can not be read back"));
        assertThat(age().value()).isNotNaN();
    }

    /** Not only once the next row of the canary is due. */
    @Test
    void aTableThatTakesNothingIsAFaultUntilItDoes() {
        fixture.started("t", RowLayout.METRICS);
        Histories histories = fixture.histories(Duration.ofDays(1), registry);
        HistoryStore table = started(histories, "postgres");
        await("the first row of the canary has come back").atMost(BOUND)
                .until(() -> registry.get("heartbeat.history.up").gauge().value() == 1);
        fixture.ask("alter table t rename to gone");

        assertThatThrownBy(() -> get(table.write(records(0, 3)))).hasMessageContaining("does not exist");
        assertThat(histories.fault()).startsWith("table t takes no rows: ").contains("does not exist");

        fixture.ask("alter table gone rename to t");
        get(table.write(records(0, 3)));
        assertThat(histories.fault()).isNull();
    }
}
