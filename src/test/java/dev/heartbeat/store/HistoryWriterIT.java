package dev.heartbeat.store;

import static dev.heartbeat.store.HistoryFixture.get;
import static dev.heartbeat.store.HistoryFixture.records;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.heartbeat.model.RowLayout;

class HistoryWriterIT {
    private final HistoryFixture fixture = new HistoryFixture();

    @AfterEach
    void end() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(RowLayout.class)
    void aBatchIsOneStatementAndTheBatchSizeItsCap(RowLayout layout) {
        HistoryTable table = fixture.open("postgres", "t", layout, 10);
        get(table.start());
        fixture.ask("create table statements (number serial); create function note() returns trigger language plpgsql as"
                + " $$ begin insert into statements default values; return null; end $$;"
                + " create trigger count after insert on t for each statement execute function note()");

        get(table.write(records(0, 25)));
        assertThat(fixture.one("select count(*) from statements")).isEqualTo(3L);

        get(table.write(records(25, 10)));
        assertThat(fixture.one("select count(*) from statements")).isEqualTo(4L);
        assertThat(fixture.one("select count(*) from t")).isEqualTo(35L);
    }
}
