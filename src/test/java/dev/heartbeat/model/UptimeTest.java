package dev.heartbeat.model;

import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.host;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;
import static dev.heartbeat.model.Saying.unknown;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Saying.Word;
import dev.heartbeat.model.Uptime.Window;

/**
 * Which minutes count as up, as down, or not at all? Drawn minute by minute: {@code ^} up, {@code v} down, {@code .} not
 * observed.
 */
class UptimeTest {
    private final Story story = new Story();
    private int sequence;

    @Test
    void whatIsHeardUpIsUp() {
        everyMinute(0, 10, up("db"));

        assertThat(drawn("db", 12)).isEqualTo("^^^^^^^^^^..");
        assertThat(share("db", 600)).isEqualTo(1.0);
    }

    @Test
    void tenSecondsDownAreAMinuteDown() {
        for (int second = 0; second < 300; second += 10) {
            hears(10, second, second == 70 ? down("db") : up("db"));
        }

        assertThat(drawn("db", 6)).isEqualTo("^v^^^.");
        assertThat(share("db", 290)).isEqualTo(0.8);
    }

    @Test
    void silenceIsNeitherUpNorDown() {
        everyMinute(0, 3, up("db"));
        everyMinute(6, 8, up("db"));
        everyMinute(8, 9, down("db"));

        assertThat(drawn("db", 10)).isEqualTo("^^^...^^v.");
        assertThat(share("db", 3600)).isEqualTo(5 / 6.0);
    }

    @Test
    void ourAbsenceIsNeitherEvenWhereTheHealthWasHeld() {
        everyMinute(0, 3, down("db"));
        story.isJudgedAt(7200, 7200);
        everyMinute(120, 122, down("db"));

        assertThat(story.health("db")).isEqualTo(Health.DOWN);
        assertThat(drawn("db", 123)).isEqualTo("vvv" + ".".repeat(117) + "vv.");
    }

    @Test
    void whatWaitedInTheQueueWhileWeWereAwayIsHeardAfterAll() {
        everyMinute(0, 2, up("db"));
        for (int minute = 2; minute < 62; minute++) {
            story.hears(saying(60, minute * 60, minute < 50 ? up("db") : down("db")).fromBacklogAt(3720));
        }

        assertThat(drawn("db", 63)).isEqualTo("^".repeat(50) + "v".repeat(12) + ".");
    }

    @Test
    void aHeartbeatCoversTheMinutesUntilTheNextIsDue() {
        hears(300, 30, down("db"));
        hears(300, 330, up("db"));

        assertThat(drawn("db", 12)).isEqualTo("vvvvv^^^^^..");
    }

    @Test
    void whatIsDueInItsOwnMinuteCoversThatMinute() {
        hears(60, 0, up("db"));
        hears(0.5, 120, up("db"));

        assertThat(drawn("db", 4)).isEqualTo("^.^.");
    }

    @Test
    void noHeartbeatCoversMoreThanADay() {
        hears(86_400 * 25, 0, down("db"));

        Uptime uptime = uptime("db", 86_400 * 3);
        assertThat(uptime.days()).extracting(Uptime.Day::down).endsWith(0, 840, 600, 0, 0);
    }

    @Test
    void minutesThatHaveNotComeYetDoNotCount() {
        hears(3600, 0, down("db"));

        assertThat(uptime("db", 119).days().get(89)).isEqualTo(new Uptime.Day(day(0), 2, 2));
    }

    @Test
    void whatTheSourceCanNotTellOfIsAGap() {
        everyMinute(0, 2, up("db"), up("web"));
        everyMinute(2, 4, unknown("db"), up("web"));
        everyMinute(4, 5, up("db"), up("web"));

        assertThat(drawn("db", 5)).isEqualTo("^^..^");
        assertThat(drawn("web", 5)).isEqualTo("^^^^^");
    }

    @Test
    void whoIsMissingFromItsGroupIsAGapForAsLongAsItIs() {
        everyMinute(0, 2, up("db"), up("web"));
        everyMinute(2, 5, up("web"));
        everyMinute(5, 6, up("db"), up("web"));

        assertThat(drawn("db", 6)).isEqualTo("^^...^");
        assertThat(drawn("web", 6)).isEqualTo("^^^^^^");
    }

    @Test
    void aMinuteThatWasDownAndNotSeenIsDown() {
        hears(10, 0, down("db"), up("web"));
        hears(10, 10, unknown("db"), up("web"));
        hears(10, 20, up("web"));

        assertThat(drawn("db", 1)).isEqualTo("v");
    }

    @Test
    void anotherGroupSaysNothingOfATarget() {
        everyMinute(0, 2, up("db"));
        for (int minute = 0; minute < 6; minute++) {
            hears(30, minute * 60, up("web"));
        }

        assertThat(drawn("db", 6)).isEqualTo("^^....");
        assertThat(drawn("web", 6)).isEqualTo("^^^^^^");
    }

    @Test
    void partsOfARoundAreGroupsOfTheirOwn() {
        for (int minute = 0; minute < 4; minute++) {
            story.hears(saying(60, minute * 60, up("db")).part(1, 2));
        }
        story.hears(saying(60, 0, down("web")).part(2, 2));

        assertThat(drawn("db", 4)).isEqualTo("^^^^");
        assertThat(drawn("web", 4)).isEqualTo("v...");
    }

    @Test
    void aNewTargetBeginsWhenItIsFirstHeard() {
        everyMinute(0, 3, up("db"));
        everyMinute(3, 5, up("db"), up("new"));

        assertThat(drawn("new", 5)).isEqualTo("...^^");
        assertThat(uptime("new", 300).days().get(89)).isEqualTo(new Uptime.Day(day(0), 2, 0));
    }

    @Test
    void aLateHeartbeatMakesATargetKnownForLonger() {
        hears(60, 0, up("web"));
        Saying late = saying(60, 60, up("web"), down("db"));
        hears(60, 120, up("web"), up("db"));
        story.hears(late.receivedAt(130));

        assertThat(drawn("db", 3)).isEqualTo(".v^");
    }

    @Test
    void anIntervalThatIsChangedTakesTheTargetsMinutesAlong() {
        everyMinute(0, 3, up("db"));
        hears(300, 180, up("db"));
        hears(300, 480, down("db"));
        everyMinute(13, 15, up("db"));

        assertThat(drawn("db", 16)).isEqualTo("^^^^^^^^vvvvv^^.");
        assertThat(story.of("db").diary().stays()).extracting(Diary.Stay::group).containsExactly("60000", "300000");
    }

    @Test
    void theOldGroupIsNoBusinessOfWhoHasLeftIt() {
        everyMinute(0, 2, up("db"), up("web"));
        hears(300, 120, up("db"));
        everyMinute(2, 5, up("web"));

        assertThat(drawn("db", 8)).isEqualTo("^^^^^^^.");
        assertThat(drawn("web", 8)).isEqualTo("^^^^^...");
    }

    @Test
    void aMoveThatIsHeardLateHappenedWhenItWasSaid() {
        everyMinute(0, 3, up("db"));
        Saying first = saying(300, 180, down("db"));
        hears(300, 480, up("db"));
        story.hears(first.receivedAt(481));

        assertThat(drawn("db", 14)).isEqualTo("^^^vvvvv^^^^^.");
    }

    @Test
    void aTargetThatMovesToAndFroIsStillObserved() {
        for (int minute = 0; minute < 20; minute += 2) {
            hears(60, minute * 60, up("db"));
            hears(61, minute * 60 + 60, minute == 18 ? down("db") : up("db"));
        }

        assertThat(story.of("db").diary().stays()).hasSize(4);
        assertThat(drawn("db", 21)).endsWith("^^^^v.");
    }

    @Test
    void aWrongClockOfTheSourceIsCorrected() {
        for (int minute = 0; minute < 4; minute++) {
            story.hears(saying(60, minute * 60, minute == 2 ? down("db") : up("db")).byClockAhead(5400));
        }

        assertThat(drawn("db", 5)).isEqualTo("^^v^.");
        assertThat(drawn("db", 100)).endsWith("....");
    }

    @Test
    void phIsTakenByItsOwnMinutesUntilItsPaceIsKnown() {
        for (int second = 0; second < 1200; second += 180) {
            story.hears(ph(second, up("db")));
        }

        assertThat(drawn("db", 22)).isEqualTo("^..^..^..^^^^^^^^^^^^.");
    }

    @Test
    void aTargetOfWhichOnlyPhsKeysAreKnownWasNotObserved() {
        story.adopts(new PhKey(false, "db"), -60.0, null);
        story.hears(ph(0, up("web")), ph(60, up("web")));

        assertThat(share("db", 120)).isNull();

        story.hears(ph(120, up("db"), up("web")));
        assertThat(drawn("db", 4)).isEqualTo("..^.");
    }

    @Test
    void aTargetThatComesBackAfterItWasRetiredBeginsAnew() {
        everyMinute(0, 2, down("db"), up("web"));
        story.hears(saying(60, 120, up("web")).listing("web"));
        story.hears(saying(60, 180, up("db"), up("web")).listing("db", "web"));

        assertThat(drawn("db", 5)).isEqualTo("...^.");
    }

    @Test
    void observationsCountAndNotWhatIsJudgedOfThem() {
        everyMinute(0, 3, up("db"));
        story.isJudgedAt(1000);

        assertThat(story.health("db")).isEqualTo(Health.STALE);
        assertThat(drawn("db", 4)).isEqualTo("^^^.");
    }

    @Test
    void ofATargetThatIsNotKnownNothingWasObserved() {
        assertThat(share("nobody", 0)).isNull();
        assertThat(uptime("nobody", 0).days()).hasSize(90).allSatisfy(day -> assertThat(day.observed()).isZero());
    }

    @Test
    void anHourAgoADayAgoAndEarlierAreToldApart() {
        everyMinute(0, 60, down("db"));
        everyMinute(60, 120, up("db"));

        assertThat(share("db", 7200)).isEqualTo(0.5);
        assertThat(share("db", 86_400 + 1800)).as("half of the hour is more than a day ago").isEqualTo(60 / 89.0);
        assertThat(share("db", 86_400 + 3600)).isEqualTo(1.0);
        assertThat(share("db", 86_400 + 7200)).isNull();
        assertThat(uptime("db", 86_400 * 2).over(Window.WEEK)).isEqualTo(0.5);
    }

    @Test
    void manyTargetsThatAreUpShareAllButWhatIsTheirs() {
        Word[] words = new Word[1000];
        for (int i = 0; i < words.length; i++) {
            words[i] = up("n" + i);
        }
        everyMinute(0, 3, words);

        Uptimes uptimes = Uptimes.of(story.state(), at(180));
        assertThat(story.state().targets().values()).extracting(TargetState::diary)
                .allSatisfy(diary -> assertThat(diary.down()).isSameAs(diary.gap()).isSameAs(Minutes.NONE));
        assertThat(uptimes.of(host("n7"))).isSameAs(uptimes.of(host("n8")));
        assertThat(story.last().touched()).isEmpty();
        assertThat(story.last().marked()).isEmpty();
    }

    @Test
    void aChangeNamesWhoseMinutesChanged() {
        everyMinute(0, 1, up("db"), up("web"), up("gone"));
        hears(60, 60, up("db"), down("web"));
        assertThat(story.last().marked()).containsExactlyInAnyOrder(host("web"), host("gone"));

        hears(60, 61, up("db"), down("web"));
        assertThat(story.last().marked()).isEmpty();
    }

    private void everyMinute(int from, int to, Word... words) {
        for (int minute = from; minute < to; minute++) {
            hears(60, minute * 60, words);
        }
    }

    private void hears(double interval, double second, Word... words) {
        story.hears(saying(interval, second, words));
    }

    private Saying saying(double interval, double second, Word... words) {
        return ours("a", ++sequence, second, words).every(interval);
    }

    private Uptime uptime(String host, double second) {
        return Uptime.of(story.state(), host(host), at(second));
    }

    private Double share(String host, double second) {
        return uptime(host, second).over(Window.DAY);
    }

    private static java.time.LocalDate day(int days) {
        return java.time.LocalDate.of(2026, 11, 21).plusDays(days);
    }

    private String drawn(String host, int minutes) {
        return drawn(story.state(), host(host), minutes);
    }

    /** The first minutes after {@link Saying#START}, as long as none of them is closed. */
    static String drawn(SourceState state, Target target, int minutes) {
        TargetState known = state.targets().get(target);
        List<String> drawn = new ArrayList<>();
        long first = Minutes.minute(Saying.START);
        for (long minute = first; minute < first + minutes; minute++) {
            long hour = minute / 60;
            long bit = 1L << minute % 60;
            boolean observed = (known.diary().observed(hour, known.group(), state.heard()) & bit) != 0;
            boolean down = (known.diary().down(hour) & bit) != 0;
            drawn.add(down ? observed ? "v" : "?" : observed ? "^" : ".");
        }
        return String.join("", drawn);
    }

}
