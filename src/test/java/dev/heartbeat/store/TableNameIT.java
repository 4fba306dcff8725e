package dev.heartbeat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.model.RowLayout;

class TableNameIT {
    private final HistoryFixture fixture = new HistoryFixture();

    @AfterEach
    void end() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a b", "a.b", "a\"b", "a;b", "ä",
            "a123456789012345678901234567890123456789012345678901234567890123" })
    void whatIsNoNameIsRefusedWithWhatWouldBeRight(String text) {
        assertThatThrownBy(() -> new TableName(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is no name of a table; give 1 to 63 letters, digits, _ or -");
    }

    @Test
    void aNameOfItsOwnIsCutSoThatTwoStillDiffer() {
        String longest = "x".repeat(62);

        assertThat(List.of(new TableName(longest + "1"), new TableName(longest + "2")))
                .extracting(name -> name.with("_hourly").text()).doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).hasSize(63).endsWith("_hourly"));
    }

    /** As the routes of the Python Healthcheck may have it. */
    @ParameterizedTest
    @EnumSource(RowLayout.class)
    void aTableMayBeginWithAHyphenOrADigit(RowLayout layout) {
        for (String name : List.of("-x", "5min")) {
            HistoryTable table = fixture.started(name, layout);
            HistoryFixture.get(table.write(HistoryFixture.records(0, 3)));
            HistoryFixture.get(table.canary().sing(HistoryFixture.NOW));
            HistoryFixture.get(table.upkeep(HistoryFixture.NOW));

            assertThat(fixture.one("select count(*) from \"" + name + "\"")).isEqualTo(3L);
        }
    }
}
