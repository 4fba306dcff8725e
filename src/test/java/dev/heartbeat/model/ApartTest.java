package dev.heartbeat.model;

import static dev.heartbeat.model.Saying.host;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What does a source say apart from its rounds after it read its targets again, and what must it not do to the others? */
class ApartTest {
    private final Story story = new Story();

    private Story twoRounds() {
        return story.hears(ours("a", 1, 0, up("db"), up("old")).every(60).listing("db", "old"),
                ours("a", 2, 60, up("db"), up("old")).every(60));
    }

    private static Saying list(long sequence, double at, String... hosts) {
        return ours("a", sequence, at).every(60).part(2, 2).listing(hosts);
    }

    @Test
    void aListWithoutObservationsRetiresWhoIsNotInIt() {
        twoRounds().untilNow();

        story.hears(list(3, 70, "db"));

        assertThat(story.state().targets()).containsOnlyKeys(host("db"));
        assertThat(story.news()).containsExactly("old: UP -> null");
    }

    @Test
    void whatIsNewIsKnownAtOnceAndTheOthersMissNoMinute() {
        twoRounds().hears(list(3, 70, "db", "old", "new"), ours("a", 4, 71, up("new")).every(60).part(3, 3));
        assertThat(story.health("new")).isEqualTo(Health.UP);

        story.hears(ours("a", 5, 120, up("db"), up("old"), up("new")).every(60),
                ours("a", 6, 180, up("db"), up("old"), up("new")).every(60));

        assertThat(UptimeTest.drawn(story.state(), host("db"), 4)).isEqualTo("^^^^");
        assertThat(UptimeTest.drawn(story.state(), host("new"), 4)).isEqualTo(".^^^");
    }

    /** The same as a heartbeat of the group itself: this is what being a part of its own is for. */
    @Test
    void sentAsARoundItWouldSayThatTheOthersWereMissing() {
        twoRounds().hears(ours("a", 3, 70, up("new")).every(60), ours("a", 4, 120, up("db"), up("old"), up("new")).every(60));

        assertThat(UptimeTest.drawn(story.state(), host("db"), 3)).isNotEqualTo("^^^");
    }

    @Test
    void aPartThatNobodyIsInAnyMoreIsForgottenAndIsNoSilence() {
        twoRounds().hears(list(3, 70, "db", "old", "new"), ours("a", 4, 71, up("new")).every(60).part(3, 3));
        for (int round = 2; round < 10; round++) {
            story.hears(ours("a", 3 + round, round * 60, up("db"), up("old"), up("new")).every(60)).isJudgedAt(round * 60 + 30);
        }

        assertThat(story.state().groups()).containsOnlyKeys("60000");
        assertThat(story.telling()).noneMatch(line -> line.contains("STALE"));
    }

    @Test
    void aSourceThatSaysNothingMoreAfterItsListIsSilentAsEver() {
        twoRounds().hears(list(3, 70, "db", "old")).untilNow();

        story.isJudgedAt(70 + 181);

        assertThat(story.health("db")).isEqualTo(Health.STALE);
        assertThat(story.telling()).first().isEqualTo("source: UP -> STALE NEWS");
    }

    @Test
    void whatWasUnderWayWhenTheListLeftDoesNotBringTheRetiredBack() {
        twoRounds().hears(list(4, 70, "db"), ours("a", 3, 69, up("db"), up("old")).every(60).receivedAt(71));

        assertThat(story.state().targets()).containsOnlyKeys(host("db"));
    }
}
