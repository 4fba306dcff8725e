package dev.heartbeat.model;

import static dev.heartbeat.model.Health.DOWN;
import static dev.heartbeat.model.Health.STALE;
import static dev.heartbeat.model.Health.UNKNOWN;
import static dev.heartbeat.model.Health.UP;
import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.host;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;
import static dev.heartbeat.model.Saying.unknown;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long may a source be silent, and what does its silence change? */
class SilenceTest {
    private final Story story = new Story();

    @ParameterizedTest
    @CsvSource({ "0, 15", "0.05, 15", "4, 15", "5, 15", "6, 18", "10, 30", "60, 180", "3600, 10800" })
    void silenceIsAllowedForThreeIntervalsAndFifteenSecondsAtLeast(double interval, double limit) {
        story.hears(ours("a", 1, 0, up("db")).every(interval));

        assertThat(story.isJudgedAt(limit).health("db")).isEqualTo(UP);
        assertThat(story.isJudgedAt(limit + 0.001).health("db")).isEqualTo(STALE);
    }

    @Test
    void staleAfterIsTheLimitOfEverySource() {
        story.staleAfter(2).hears(ours("a", 1, 0, up("db")).every(60), ph(0, up("web")).receivedAt(0.1));

        assertThat(story.isJudgedAt(2).health("db")).isEqualTo(UP);
        story.isJudgedAt(2.2);
        assertThat(story.health("db")).isEqualTo(STALE);
        assertThat(story.health("web")).isEqualTo(STALE);
    }

    @Test
    void silenceIsJudgedOnOurClock() {
        story.hears(ours("a", 1, 0, up("db")).byClockAhead(-20), ours("a", 2, 10, up("db")).byClockAhead(-20));

        assertThat(story.isJudgedAt(40).health("db")).isEqualTo(UP);
        assertThat(story.isJudgedAt(40.1).health("db")).isEqualTo(STALE);
    }

    @Test
    void theVerdictSaysSinceWhenAndOutOfWhichHealth() {
        story.hears(ours("a", 1, 0, down("db"))).untilNow();

        story.isJudgedAt(31);

        TargetState db = story.of("db");
        assertThat(db.former()).isEqualTo(DOWN);
        assertThat(db.reason()).isEqualTo(Reason.SILENT);
        assertThat(db.since()).isEqualTo(at(31));
        assertThat(db.detail()).isEqualTo("no heartbeat since 2026-11-21T10:00:00Z, allowed are 30s");
        assertThat(story.state().lastDown(db)).isEqualTo(at(0));
        assertThat(story.news()).containsExactly("db: DOWN -> STALE");
    }

    @Test
    void silenceIsNewsOnce() {
        story.hears(ours("a", 1, 0, up("db"))).isJudgedAt(31).untilNow();

        story.isJudgedAt(32);

        assertThat(story.last().isNone()).isTrue();
    }

    @Test
    void theNextLiveHeartbeatHeals() {
        story.hears(ours("a", 1, 0, down("db"))).isJudgedAt(31).untilNow();

        story.hears(ours("a", 2, 100, up("db")));

        assertThat(story.of("db").former()).isNull();
        assertThat(story.of("db").since()).isEqualTo(at(100));
        assertThat(story.news()).containsExactly("db: STALE -> UP");
        assertThat(story.isJudgedAt(130).health("db")).isEqualTo(UP);
    }

    @Test
    void ourOwnDeafnessIsNoSilence() {
        story.hears(ours("a", 1, 0, up("db")));

        assertThat(story.isJudgedAt(1000, 970).health("db")).isEqualTo(UP);
        assertThat(story.isJudgedAt(1000.1, 970).health("db")).isEqualTo(STALE);
    }

    @Test
    void whoWasAlreadyStaleStaysSoThroughOurOwnDeafness() {
        story.hears(ours("a", 1, 0, up("db"))).isJudgedAt(31);

        assertThat(story.isJudgedAt(1000, 999).health("db")).isEqualTo(STALE);
    }

    @Test
    void phIsNotJudgedBeforeThreeHeartbeats() {
        story.hears(ph(0, up("db")), ph(10, up("db")));
        assertThat(story.isJudgedAt(300).health("db")).isEqualTo(UP);

        story.hears(ph(20, up("db")));
        assertThat(story.isJudgedAt(50).health("db")).isEqualTo(UP);
        assertThat(story.isJudgedAt(50.1).health("db")).isEqualTo(STALE);
    }

    @Test
    void phWhoseRhythmNobodyCouldLearnIsSilentAfterAnHour() {
        story.hears(ph(0, up("db")));

        assertThat(story.isJudgedAt(3600).health("db")).isEqualTo(UP);
        assertThat(story.isJudgedAt(3600.1).health("db")).isEqualTo(STALE);
    }

    @Test
    void phsLimitIsThreeTimesTheMedianGap() {
        story.hears(ph(0, up("db")), ph(20, up("db")), ph(40, up("db")), ph(140, up("db")), ph(160, up("db")),
                ph(180, up("db")));

        assertThat(story.isJudgedAt(240).health("db")).isEqualTo(UP);
        assertThat(story.isJudgedAt(240.1).health("db")).isEqualTo(STALE);
    }

    @Test
    void phsHeartbeatsOfOneInstantAreNoGap() {
        story.hears(ph(0, up("db")), ph(20, up("db")), ph(20, up("db"), up("web")), ph(20, down("db")), ph(40, up("db")));

        assertThat(story.state().groups().get(Group.UNNAMED).gaps()).hasSize(2);
        assertThat(story.isJudgedAt(99).health("db")).isEqualTo(UP);
    }

    @Test
    void phsLimitIsNeverBelowItsKnownInterval() {
        story.publishInterval(60).hears(ph(0, up("db")), ph(1, up("db")), ph(2, up("db")));

        assertThat(story.isJudgedAt(182).health("db")).isEqualTo(UP);
        assertThat(story.isJudgedAt(182.1).health("db")).isEqualTo(STALE);
    }

    @Test
    void ourPublishIntervalSaysNothingOfASourceThatNamesItsOwn() {
        story.publishInterval(600).hears(ours("a", 1, 0, up("db")));

        assertThat(story.isJudgedAt(30.1).health("db")).isEqualTo(STALE);
    }

    @Test
    void aTargetOfPhThatIsNoLongerInItsHeartbeatsBecomesStale() {
        story.hears(ph(0, up("db"), up("gone")), ph(20, up("db")), ph(40, up("db")), ph(60, up("db")));

        story.isJudgedAt(61);

        assertThat(story.health("db")).isEqualTo(UP);
        assertThat(story.health("gone")).isEqualTo(STALE);
        assertThat(story.of("gone").detail()).startsWith("not in the source's heartbeats since 2026-11-21T10:00:00Z");
        assertThat(story.state().lastUp(story.of("gone"))).isEqualTo(at(0));
    }

    @Test
    void whoComesBackIntoTheHeartbeatsIsHealed() {
        story.hears(ph(0, up("db"), up("gone")), ph(20, up("db")), ph(40, up("db")), ph(61, up("db"))).isJudgedAt(62)
                .untilNow();

        story.hears(ph(81, up("db"), up("gone")));

        assertThat(story.isJudgedAt(82).health("gone")).isEqualTo(UP);
        assertThat(story.news()).containsExactly("gone: STALE -> UP");
    }

    @Test
    void staleIsOverUnknownOverDown() {
        story.hears(ours("a", 1, 0, down("db")), ours("a", 2, 10, unknown("db")), ours("a", 3, 20, unknown("db")),
                ours("a", 4, 30, unknown("db")), ours("a", 5, 40, unknown("db")));
        assertThat(story.isJudgedAt(41).health("db")).isEqualTo(UNKNOWN);

        story.isJudgedAt(71);

        assertThat(story.health("db")).isEqualTo(STALE);
        assertThat(story.of("db").former()).isEqualTo(DOWN);
        assertThat(story.state().lastDown(story.of("db"))).isEqualTo(at(0));
        assertThat(story.state().targets()).containsOnlyKeys(host("db"));
    }
}
