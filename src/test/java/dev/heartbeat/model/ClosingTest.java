package dev.heartbeat.model;

import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.host;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.time.LocalDate;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Saying.Word;
import dev.heartbeat.model.Uptime.Day;
import dev.heartbeat.model.Uptime.Window;

/** What is still known of minutes whose hours are closed? The story starts at 10:00 UTC; its heartbeats come once an hour. */
class ClosingTest {
    private static final int HOUR = 3600;
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 21);

    private final Story story = new Story();
    private int sequence;

    @Test
    void hoursStayOpenForTwoDaysAndAreThenCounted() {
        hours(0, 49, up("db"));
        assertThat(story.state().heard().get("3600000").hours()).hasSize(49);
        assertThat(story.state().heard().get("3600000").days()).isEmpty();

        hours(49, 50, up("db"));

        assertThat(story.state().heard().get("3600000").hours()).hasSize(49);
        assertThat(story.state().heard().get("3600000").count(FIRST.toEpochDay())).isEqualTo(60);
        assertThat(story.state().closed()).isEqualTo(Minutes.hour(at(HOUR)));
    }

    @Test
    void aDayIsCountedTheSameOpenAndClosed() {
        hours(0, 4, up("db"), up("web"));
        hours(4, 6, down("db"), up("web"));
        hours(6, 8, up("web"));
        hours(10, 14, up("db"), up("web"), up("new"));
        Day[] expected = { day("db", 0, 14), day("web", 0, 14), day("new", 0, 14) };
        assertThat(expected).containsExactly(new Day(FIRST, 600, 120), new Day(FIRST, 720, 0), new Day(FIRST, 240, 0));

        hours(14, 80, up("db"), up("web"), up("new"));

        assertThat(story.of("db").diary().down().hours()).isEmpty();
        assertThat(day("db", 0, 80)).isEqualTo(new Day(FIRST, 600, 120));
        assertThat(day("web", 0, 80)).isEqualTo(new Day(FIRST, 720, 0));
        assertThat(day("new", 0, 80)).isEqualTo(new Day(FIRST, 240, 0));
        assertThat(story.of("web").diary().gap()).isSameAs(Minutes.NONE);
    }

    @Test
    void whoMovedInTheMiddleOfADayKeepsItsDay() {
        hours(0, 4, up("db"), up("web"));
        for (int hour = 4; hour < 8; hour++) {
            story.hears(ours("a", ++sequence, hour * HOUR, down("db")).every(1800));
            story.hears(ours("a", ++sequence, hour * HOUR + 1, up("web")).every(HOUR));
        }
        Day open = day("db", 0, 8);
        assertThat(open).isEqualTo(new Day(FIRST, 4 * 60 + 4 * 30, 4 * 30));

        hours(60, 61, up("web"));

        assertThat(story.of("db").diary().down().count(FIRST.toEpochDay())).isEqualTo(120);
        assertThat(day("db", 0, 61)).isEqualTo(open);
    }

    @Test
    void aMoveToABusierGroupIsMoreAndNotLess() {
        for (int hour = 0; hour < 4; hour++) {
            story.hears(ours("a", ++sequence, hour * HOUR, up("db")).every(60));
        }
        hours(4, 8, up("db"));
        hours(60, 61, up("db"));

        assertThat(story.of("db").diary().gap().count(FIRST.toEpochDay())).isEqualTo(-240);
        assertThat(day("db", 0, 61)).isEqualTo(new Day(FIRST, 244, 0));
    }

    @Test
    void windowsBeginWithAWholeDay() {
        hours(0, 24 * 40, up("db"));
        int now = 24 * 40;
        hours(now, now + 6, down("db"));
        hours(now + 6, now + 24 * 20, up("db"));

        Uptime uptime = Uptime.of(story.state(), host("db"), at((now + 24 * 20 - 1) * HOUR + 1800));

        assertThat(uptime.over(Window.DAY)).isEqualTo(1.0);
        assertThat(uptime.over(Window.WEEK)).isEqualTo(1.0);
        int today = 9 * 60 + 31;
        assertThat(uptime.over(Window.MONTH)).isEqualTo(1 - 360.0 / (30 * 1440 + today), offset(1e-9));
        assertThat(uptime.over(Window.QUARTER)).isEqualTo(1 - 360.0 / (59 * 1440 + 14 * 60 + today), offset(1e-9));
        assertThat(uptime.days()).hasSize(90).contains(new Day(FIRST.plusDays(40), 1440, 360));
        assertThat(uptime.days().get(89)).isEqualTo(new Day(FIRST.plusDays(60), today, 0));
        assertThat(uptime.days().get(0).day()).isEqualTo(FIRST.plusDays(-29));
    }

    @Test
    void afterNinetyDaysADayIsForgotten() {
        hours(0, 14, down("db"));
        hours(14, 24 * 90, up("db"));
        long first = FIRST.toEpochDay();
        assertThat(story.of("db").diary().down().count(first)).isEqualTo(840);
        assertThat(Uptime.of(story.state(), host("db"), at(24 * 90 * HOUR)).over(Window.QUARTER)).isLessThan(1);

        hours(24 * 90, 24 * 91, up("db"));

        assertThat(story.of("db").diary().down()).isSameAs(Minutes.NONE);
        assertThat(story.state().heard().get("3600000").days()[0]).isEqualTo((int) first + 1);
        assertThat(Uptime.of(story.state(), host("db"), at(24 * 91 * HOUR)).over(Window.QUARTER)).isEqualTo(1);
    }

    @Test
    void aGroupThatIsNoMoreIsForgottenWithItsLastDay() {
        hours(0, 3, up("db"));
        for (int day = 1; day < 95; day++) {
            story.hears(ours("a", ++sequence, day * 24 * HOUR, up("db")).every(60));
        }

        assertThat(story.state().heard()).containsOnlyKeys("60000");
    }

    @Test
    void aSourceThatWasSilentForWeeksIsReadAndClosedRightly() {
        hours(0, 14, up("db"));
        hours(14, 20, down("db"));
        Uptime silent = Uptime.of(story.state(), host("db"), at(24 * 20 * HOUR));
        assertThat(silent.over(Window.DAY)).isNull();
        assertThat(silent.over(Window.WEEK)).isNull();
        assertThat(silent.over(Window.MONTH)).isEqualTo(0.7);

        hours(24 * 20, 24 * 20 + 1, up("db"));

        assertThat(story.state().heard().get("3600000").hours()).hasSize(1);
        Uptime back = Uptime.of(story.state(), host("db"), at(24 * 20 * HOUR + 3540));
        assertThat(back.over(Window.DAY)).isEqualTo(1.0);
        assertThat(back.over(Window.MONTH)).isEqualTo(15 / 21.0);
        assertThat(back.days()).contains(new Day(FIRST, 840, 0), new Day(FIRST.plusDays(1), 360, 360));
    }

    @Test
    void whatComesMoreThanTwoDaysLateChangesNoUptime() {
        hours(0, 2, up("db"));
        Saying late = ours("a", ++sequence, 2 * HOUR, down("db")).every(HOUR);
        hours(3, 100, up("db"));
        Day before = day("db", 0, 100);

        story.hears(late.fromBacklogAt(100 * HOUR));

        assertThat(day("db", 0, 100)).isEqualTo(before);
        assertThat(story.of("db").diary().down()).isSameAs(Minutes.NONE);
    }

    @Test
    void aTargetThatIsMetThroughSomethingVeryOldHasObservedNothingOfTheClosedHours() {
        hours(0, 70, up("web"));
        assertThat(story.state().closed()).isEqualTo(Minutes.hour(at(21 * HOUR)));

        story.hears(ours("a", 1, HOUR, up("db"), up("web")).every(HOUR).fromBacklogAt(70 * HOUR));
        assertThat(story.of("db")).as("what is older than the newest of its boot is no news").isNotNull();
        hours(70, 140, up("web"), up("db"));

        assertThat(day("db", 0, 140).observed()).isZero();
        assertThat(day("db", 1, 140).observed()).isEqualTo(1440 - 7 * 60);
    }

    @Test
    void aLateHeartbeatClosesNothing() {
        hours(0, 2, up("db"));
        Saying late = ours("a", 1, 0, up("db")).every(HOUR);
        SourceState before = story.state();

        story.hears(late.fromBacklogAt(90 * HOUR));

        assertThat(story.state()).isSameAs(before);
    }

    private Day day(String host, int day, int now) {
        return Uptime.of(story.state(), host(host), at(now * HOUR - 1)).days().stream()
                .filter(one -> one.day().equals(FIRST.plusDays(day))).findFirst().orElseThrow();
    }

    private void hours(int from, int to, Word... words) {
        Saying[] sayings = new Saying[to - from];
        Arrays.setAll(sayings, i -> ours("a", ++sequence, (from + i) * HOUR, words).every(HOUR));
        story.hears(sayings);
    }
}
