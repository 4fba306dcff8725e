package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of what is a receiver told, and of what not? */
class OpenAlertsTest {
    private final AlertStory story = new AlertStory();

    /** Each is told in one step and in single ones alike, because the notes carry all that is needed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a target goes down and up        | db UP DOWN NEWS TIMED_OUT; db DOWN UP                      | firing db DOWN 1-1; resolved db UP 1-1
            first seen down                  | db - DOWN NEWS TIMED_OUT                                   | firing db DOWN 1-1
            first seen up                    | db UP UP                                                   |
            nobody can tell any more         | db UP UNKNOWN NEWS API_FAILED; db UNKNOWN UP               | firing db UNKNOWN 1-1; resolved db UP 1-1
            silent in between                | db UP DOWN; db DOWN STALE; db STALE DOWN; db DOWN UP       | firing db DOWN 1-1; resolved db UP 1-1
            silent alone, then down          | db UP STALE NEWS SILENT; db STALE DOWN; db DOWN UP         | firing db STALE 1-1; changed db DOWN 1-1; resolved db UP 1-1
            unknown, down, unknown, down     | db UP UNKNOWN; db UNKNOWN DOWN; db DOWN UNKNOWN; db UNKNOWN DOWN | firing db UNKNOWN 1-1; changed db DOWN 1-1
            retired while it is down         | db UP DOWN; db DOWN - NEWS RETIRED                         | firing db DOWN 1-1; resolved db null 1-1
            retired while it is up           | db UP - NEWS RETIRED                                       |
            it flaps, and calms down         | db UP UP NEWS FLAPPING; db UP UP                           | firing db UP 1-1; resolved db UP 1-1
            it flaps, and is really down     | db UP UP NEWS FLAPPING; db UP DOWN                         | firing db UP 1-1; changed db DOWN 1-1
            it flaps while it is down        | db UP DOWN; db DOWN DOWN NEWS FLAPPING; db DOWN UP         | firing db DOWN 1-1; resolved db UP 1-1
            two targets                      | db UP DOWN; web UP DOWN; db DOWN UP                        | firing db DOWN 1-1; firing web DOWN 1-2; resolved db UP 1-1
            down twice                       | db UP DOWN; db DOWN UP; db UP DOWN                         | firing db DOWN 1-1; resolved db UP 1-1; firing db DOWN 1-3
            the source falls silent          | - UP STALE NEWS SILENT; db UP STALE PART; - STALE UP; db STALE UP PART | firing - STALE 1-1; resolved - UP 1-1
            silent twice without a word      | - UP STALE; - UP STALE                                     | firing - STALE 1-1
            down, silent with its source     | db UP DOWN; - UP STALE; db DOWN STALE PART; - STALE UP; db STALE DOWN PART; db DOWN UP | firing db DOWN 1-1; firing - STALE 1-2; resolved - UP 1-2; resolved db UP 1-1
            it wakes up otherwise            | - UP STALE; db UP STALE PART; - STALE UP; db STALE DOWN NEWS | firing - STALE 1-1; resolved - UP 1-1; firing db DOWN 1-4
            it flapped when it fell silent   | db UP UP NEWS FLAPPING; - UP STALE; db UP STALE PART; - STALE UP; db STALE UP PART | firing db UP 1-1; firing - STALE 1-2; resolved - UP 1-2; resolved db UP 1-1
            up again by a mass change        | db UP DOWN; - DOWN UP; db DOWN UP PART                     | firing db DOWN 1-1; resolved db UP 1-1
            many down, one after one up      | - UP DOWN NEWS MANY; a UP DOWN PART; b UP DOWN PART; a DOWN UP; b DOWN UP | firing - DOWN 1-1; resolved - UP 1-1
            many down, many up               | - UP DOWN NEWS MANY; a UP DOWN PART; b UP DOWN PART; - DOWN UP; a DOWN UP PART; b DOWN UP PART | firing - DOWN 1-1; resolved - UP 1-1
            many down, one stays             | - UP DOWN NEWS MANY; a UP DOWN PART; b UP DOWN PART; a DOWN UP  | firing - DOWN 1-1
            many down, the last is retired   | - UP DOWN NEWS MANY; a UP DOWN PART; a DOWN - NEWS RETIRED | firing - DOWN 1-1; resolved - UP 1-1
            a part that nobody can tell of   | - UP DOWN NEWS MANY; a UP DOWN PART; a DOWN UNKNOWN; a UNKNOWN DOWN; a DOWN UP | firing - DOWN 1-1; resolved - UP 1-1
            a part goes down again           | - UP DOWN NEWS MANY; a UP DOWN PART; b UP DOWN PART; a DOWN UP; a UP DOWN | firing - DOWN 1-1; firing a DOWN 1-5
            unknown ones go down together    | a UP UNKNOWN; - UP DOWN NEWS MANY; a UNKNOWN DOWN PART; a DOWN UP | firing a UNKNOWN 1-1; firing - DOWN 1-2; resolved a UP 1-1; resolved - UP 1-2
            many down, twice                 | - UP DOWN NEWS MANY; a UP DOWN PART; - UP DOWN NEWS MANY; b UP DOWN PART; b DOWN UP | firing - DOWN 1-1; firing - DOWN 1-3; resolved - UP 1-3
            many down that fall silent       | - UP DOWN NEWS MANY; a UP DOWN PART; - UP STALE; a DOWN STALE PART; - STALE UP; a STALE DOWN PART; a DOWN UP | firing - DOWN 1-1; firing - STALE 1-3; resolved - UP 1-3; resolved - UP 1-1
            history that is over             | db UP DOWN PAST; db DOWN UP PAST                           |
            history that is not over         | db UP DOWN PAST TIMED_OUT                                  | firing db DOWN 1-1
            history of many that is over     | - UP DOWN PAST MANY; a UP DOWN PART; - DOWN UP PAST; a DOWN UP PART |
            history of many that is not over | - UP DOWN PAST MANY; a UP DOWN PART; b UP DOWN PART; a DOWN UP PAST | firing - DOWN 1-1
            history ends what was told       | db UP DOWN; db DOWN UP PAST; db UP DOWN PAST; db DOWN UP PAST | firing db DOWN 1-1; resolved db UP 1-1
            history of silence that is over  | - UP STALE PAST; - STALE UP PAST                           |
            """)
    void tellsEachPieceOfNewsOnceWithItsResolve(String title, String happened, String told) {
        List<String> expected = told == null ? List.of() : List.of(told.split("; "));
        String[] lines = happened.split("; ");
        assertThat(story.says(lines).readAll().told()).as(title).isEqualTo(expected);

        AlertStory piecemeal = new AlertStory();
        Stream.of(lines).forEach(line -> piecemeal.says(line).read());
        assertThat(piecemeal.readAll().told()).as(title + ", one by one").isEqualTo(expected);
    }

    @Test
    void anAlertSaysWhatBeganWhenAndHowLongItLasted() {
        story.says("db UP DOWN NEWS TIMED_OUT").after(Duration.ofSeconds(59)).says("db DOWN UP").read();
        assertThat(story.alerts()).containsExactly(
                new Alert("1-1", Alert.What.FIRING, "zone-7", AlertStory.target("db"), Health.DOWN,
                        AlertStory.BEGIN.plusSeconds(1), Reason.TIMED_OUT, null, AlertStory.BEGIN.plusSeconds(1), null),
                new Alert("1-1", Alert.What.RESOLVED, "zone-7", AlertStory.target("db"), Health.UP,
                        AlertStory.BEGIN.plusSeconds(1), Reason.TIMED_OUT, null, AlertStory.BEGIN.plusSeconds(61),
                        Duration.ofSeconds(60)));
    }

    @Test
    void historyIsNotToldWhileThereIsMoreToRead() {
        assertThat(story.says("db UP DOWN PAST").read().told()).isEmpty();
        assertThat(story.says("db DOWN UP PAST").readAll().told()).isEmpty();
        assertThat(story.open()).isZero();
    }

    @Test
    void manyThatAreStillNotUpAfterHistoryAreOneAlertUntilTheLastIsUp() {
        IntStream.range(0, 30).forEach(i -> story.says("h" + i + " UP DOWN PAST"));
        assertThat(story.readAll().told()).containsExactly("firing - DOWN 1-1");
        IntStream.range(0, 29).forEach(i -> story.says("h" + i + " DOWN UP"));
        assertThat(story.readAll().told()).isEmpty();
        assertThat(story.says("h29 DOWN UP").readAll().told()).containsExactly("resolved - UP 1-1");
        assertThat(story.open()).isZero();
    }

    @Test
    void inMaintenanceNothingIsToldAndWhatIsNotOverAtTheEndIsToldThen() {
        story.rules("host/db 00:00-02:00", null).says("db UP DOWN", "web UP DOWN");
        assertThat(story.readAll().told()).containsExactly("firing web DOWN 1-2");
        assertThat(story.after(Duration.ofHours(1)).readAll().told()).isEmpty();
        assertThat(story.after(Duration.ofHours(1)).readAll().told()).containsExactly("firing db DOWN 1-1");
        assertThat(story.says("db DOWN UP").readAll().told()).containsExactly("resolved db UP 1-1");
    }

    @Test
    void whatIsOverBeforeMaintenanceEndsIsNeverTold() {
        story.rules("* 00:00-02:00", null).says("db UP DOWN", "- UP STALE", "- STALE UP", "db DOWN UP").readAll();
        assertThat(story.after(Duration.ofHours(3)).readAll().told()).isEmpty();
    }

    @Test
    void whatHappenedInMaintenanceAndIsReadLaterIsNotTold() {
        story.rules("* 00:00-02:00", null).says("db UP DOWN", "db DOWN UP").after(Duration.ofHours(3));
        assertThat(story.readAll().told()).isEmpty();
    }

    @Test
    void whatWasToldBeforeMaintenanceIsResolvedInIt() {
        story.rules("* 01:00-02:00", null).says("db UP DOWN").readAll().told();
        assertThat(story.after(Duration.ofMinutes(90)).says("db DOWN UP").readAll().told())
                .containsExactly("resolved db UP 1-1");
    }

    @Test
    void aMassChangeOfWhatIsAllInMaintenanceIsHeldBack() {
        story.rules("host 00:00-02:00", null).says("- UP DOWN NEWS MANY", "a UP DOWN PART", "b UP DOWN PART");
        assertThat(story.readAll().told()).isEmpty();
        assertThat(story.says("a DOWN UP").after(Duration.ofHours(2)).readAll().told()).containsExactly("firing - DOWN 1-1");
    }

    @Test
    void aMassChangeOfWhichSomeAreInMaintenanceIsTold() {
        story.rules("host/a 00:00-02:00", null).says("- UP DOWN NEWS MANY", "a UP DOWN PART", "b UP DOWN PART");
        assertThat(story.readAll().told()).containsExactly("firing - DOWN 1-1");
    }

    @Test
    void whatIsStillSoIsToldAgainEverySoOften() {
        story.rules("", Duration.ofHours(4)).says("db UP DOWN", "- UP STALE").readAll().told();
        assertThat(story.after(Duration.ofHours(3)).readAll().told()).isEmpty();
        assertThat(story.after(Duration.ofHours(1)).readAll().told()).containsExactly("reminder db DOWN 1-1",
                "reminder - STALE 1-2");
        assertThat(story.readAll().told()).isEmpty();
        assertThat(story.after(Duration.ofHours(9)).readAll().told()).hasSize(2);
    }

    @Test
    void nobodyIsRemindedInMaintenance() {
        story.rules("* 04:00-08:00", Duration.ofHours(4)).says("db UP DOWN").readAll().told();
        assertThat(story.after(Duration.ofHours(7)).readAll().told()).isEmpty();
        assertThat(story.after(Duration.ofHours(2)).readAll().told()).hasSize(1);
    }

    @Test
    void remindersAreToldApart() {
        story.rules("", Duration.ofHours(1)).says("db UP DOWN").readAll();
        story.after(Duration.ofHours(1)).readAll().after(Duration.ofHours(1)).readAll();
        assertThat(story.alerts()).extracting(Alert::key).doesNotHaveDuplicates().hasSize(3)
                .startsWith("1-1/firing").allMatch(key -> key.startsWith("1-1/"));
    }
}
