package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** What does a process know of a receiver whose place it takes over? */
class AlertNotesTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456Z");
    private static final AlertRules RULES = new AlertRules(Maintenance.none(), null);

    private static Happening happening(int id, Target target, Health from, Health to, Telling telling) {
        return new Happening("1-" + id, new Transition("zone 7/ø", target, from, to, AT, Reason.UNREACHABLE,
                "refused by \"db\"", null, telling));
    }

    private static Target host(String name) {
        return new Target(Kind.HOST, name);
    }

    @Test
    void allThatWasWrittenIsRead() {
        List<Happening> happenings = List.of(happening(1, host("db:1"), Health.UP, Health.DOWN, Telling.NEWS),
                happening(2, null, Health.UP, Health.STALE, Telling.NEWS),
                happening(3, host("old"), null, Health.DOWN, Telling.PAST),
                happening(4, null, Health.UP, Health.DOWN, Telling.NEWS),
                happening(5, host("part"), Health.UP, Health.DOWN, Telling.PART),
                happening(6, host("db:1"), Health.DOWN, Health.UP, Telling.NEWS));
        AlertNotes notes = AlertNotes.EMPTY.after(OpenAlerts.NONE.read(happenings, AT, RULES), Instant.ofEpochSecond(7))
                .failed(Instant.ofEpochSecond(8));
        assertThat(notes.waiting()).hasSize(4);
        assertThat(AlertNotes.read(notes.write()).write()).isEqualTo(notes.write());
        assertThat(AlertNotes.read(notes.write()).waiting()).isEqualTo(notes.waiting());
        assertThat(AlertNotes.read(notes.write()).attempts()).isEqualTo(1);
        assertThat(AlertNotes.read(notes.write()).next()).isEqualTo(Instant.ofEpochSecond(8));
    }

    @Test
    void nothingIsEmpty() {
        assertThat(AlertNotes.read(null)).isEqualTo(AlertNotes.EMPTY);
        assertThat(AlertNotes.read(AlertNotes.EMPTY.write())).isEqualTo(AlertNotes.EMPTY);
    }

    @Test
    void whatANewerVersionWroteIsIgnoredOrReadAsFarAsItIsKnown() {
        AlertNotes notes = AlertNotes.read("""
                {"new": [1, {"a": [2]}], "open": [
                  {"id": "1-1", "source": "s", "target": "host:db", "health": "ODD", "since": 1, "told": 2, "new": {"b": 1}},
                  {"id": "1-2", "source": "s", "target": "planet:mars", "since": 1},
                  {"id": "1-3", "source": "s"}, 7,
                  {"id": "1-4", "source": "s", "since": 1, "parts": ["host:a", "planet:mars", 7, "host:b"]}],
                 "waiting": [{"id": "1-1", "what": "ODD", "source": "s", "since": 1, "at": 1, "waits": 1}, {}]}
                """);
        assertThat(notes.open().count()).isEqualTo(2);
        assertThat(notes.open().masses().get("1-4").parts()).contains(host("a"));
        assertThat(notes.waiting()).isEmpty();
    }

    @Test
    void whatAreNoNotesIsRefused() {
        assertThatThrownBy(() -> AlertNotes.read("{\"open\": [")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AlertNotes.read("seven")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tenThousandTargetsThatAreDownTakeAFewMegabytesAtMost() {
        List<Happening> oneByOne = new ArrayList<>();
        List<Happening> together = new ArrayList<>(List.of(happening(0, null, Health.UP, Health.DOWN, Telling.NEWS)));
        for (int i = 1; i <= 10_000; i++) {
            oneByOne.add(happening(i, host("host-" + i), Health.UP, Health.DOWN, Telling.NEWS));
            together.add(happening(i, host("host-" + i), Health.UP, Health.DOWN, Telling.PART));
        }
        AlertNotes many = new AlertNotes(OpenAlerts.NONE.read(oneByOne, AT, RULES).next(), List.of(), 0, AT);
        AlertNotes one = new AlertNotes(OpenAlerts.NONE.read(together, AT, RULES).next(), List.of(), 0, AT);
        assertThat(many.write().length()).isLessThan(2_200_000);
        assertThat(one.write().length()).isLessThan(200_000);
    }

    @Test
    void whatWaitsForTooLongIsLeftOut() {
        AlertNotes notes = AlertNotes.EMPTY.after(OpenAlerts.NONE
                .read(List.of(happening(1, host("a"), Health.UP, Health.DOWN, Telling.NEWS)), AT, RULES), AT);
        assertThat(notes.without(AT).waiting()).hasSize(1);
        assertThat(notes.without(AT.plus(Duration.ofMillis(1))).waiting()).isEmpty();
        assertThat(notes.without(AT.plus(Duration.ofMillis(1))).open().count()).isEqualTo(1);
    }
}
