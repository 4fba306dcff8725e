package dev.heartbeat.model;

import static dev.heartbeat.model.Health.DOWN;
import static dev.heartbeat.model.Health.STALE;
import static dev.heartbeat.model.Health.UP;
import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/** What does it prove that a heartbeat comes late? */
class BacklogTest {
    private static final int HOUR = 3600;
    private final Story story = new Story();

    /** Heartbeats 1 to 9, said ten seconds apart, and heard if anything can be heard of them at the end. */
    private void livesFor90Seconds(String boot) {
        for (int i = 0; i < 10; i++) {
            story.hears(ours(boot, i + 1, i * 10, up("db")));
        }
    }

    @Test
    void theDrainedBacklogOfADeadPublisherProvesNothing() {
        livesFor90Seconds("a");
        story.isJudgedAt(HOUR).untilNow();

        for (int i = 0; i < 20; i++) {
            story.hears(ours("a", 11 + i, 100 + i * 10, down("db")).fromBacklogAt(HOUR + i / 1000.0));
        }

        assertThat(story.health("db")).isEqualTo(STALE);
        assertThat(story.of("db").former()).isEqualTo(DOWN);
        assertThat(story.state().lastDown(story.of("db"))).isEqualTo(at(290));
        assertThat(story.news()).isEmpty();
        assertThat(story.isJudgedAt(HOUR + 31, HOUR + 1).health("db")).isEqualTo(STALE);
    }

    @Test
    void neitherThatOfABootThatNobodyHeardAlive() {
        for (int i = 0; i < 20; i++) {
            story.hears(ours("a", 1 + i, i * 10, up("db")).fromBacklogAt(HOUR + i / 1000.0));
        }

        assertThat(story.health("db")).isEqualTo(STALE);
        assertThat(story.isJudgedAt(HOUR + 60, HOUR + 1).health("db")).isEqualTo(STALE);
    }

    @Test
    void neitherThatOfPh() {
        for (int i = 0; i < 10; i++) {
            story.hears(ph(i * 10, up("db")));
        }
        story.isJudgedAt(HOUR);

        for (int i = 0; i < 20; i++) {
            story.hears(ph(100 + i * 10, up("db")).fromBacklogAt(HOUR + i / 1000.0));
        }

        assertThat(story.isJudgedAt(HOUR + 31, HOUR + 1).health("db")).isEqualTo(STALE);
    }

    @Test
    void neitherOneThatIsDrainedAtThePaceAtWhichItWasSaid() {
        for (int i = 0; i < 10; i++) {
            story.hears(ours("a", 1 + i, i / 10.0, up("db")).every(0.1));
        }
        story.isJudgedAt(HOUR);

        for (int i = 10; i < 30; i++) {
            story.hears(ours("a", 1 + i, i / 10.0, up("db")).every(0.1).fromBacklogAt(HOUR + i / 10.0));
        }

        assertThat(story.health("db")).isEqualTo(STALE);
    }

    @Test
    void aBacklogThatIsHeardBeforeAnyoneJudgesTellsItsTransitionsAndThenSilence() {
        livesFor90Seconds("a");

        story.hears(ours("a", 11, 100, down("db")).fromBacklogAt(HOUR), ours("a", 12, 110, up("db")).fromBacklogAt(HOUR + 0.1));

        assertThat(story.news()).containsExactly("db: UP -> DOWN", "db: DOWN -> UP");
        assertThat(story.isJudgedAt(HOUR + 31, HOUR).health("db")).isEqualTo(STALE);
    }

    @Test
    void anOldHeartbeatIsNoSignOfLife() {
        livesFor90Seconds("a");

        story.hears(ours("a", 11, 100, up("db")).fromBacklogAt(HOUR));

        assertThat(story.isJudgedAt(HOUR + 1, HOUR - 60).health("db")).isEqualTo(STALE);
    }

    @Test
    void aLivePublisherAfterItsBacklogIsAlive() {
        for (int i = 0; i < 20; i++) {
            story.hears(ours("a", 1 + i, i * 10, up("db")).fromBacklogAt(HOUR + i / 1000.0));
        }

        story.hears(ours("a", 400, HOUR + 5, up("db")));

        assertThat(story.isJudgedAt(HOUR + 35).health("db")).isEqualTo(UP);
        assertThat(story.news()).isEmpty();
    }

    @Test
    void aLivePublisherWhoseClockIsBehindIsAliveAfterItsBacklog() {
        for (int i = 0; i < 20; i++) {
            story.hears(ours("a", 1 + i, i * 10, up("db")).byClockAhead(-HOUR).fromBacklogAt(HOUR + i / 1000.0));
        }

        story.hears(ours("a", 400, HOUR + 5, up("db")).byClockAhead(-HOUR));

        assertThat(story.isJudgedAt(HOUR + 35).health("db")).isEqualTo(UP);
    }

    @Test
    void theYoungEndOfABacklogIsASignOfLife() {
        story.hears(ours("a", 1, 0, up("db")).fromBacklogAt(HOUR), ours("a", 2, HOUR - 5, up("db")).fromBacklogAt(HOUR + 0.1));

        assertThat(story.health("db")).isEqualTo(UP);
    }

    @Test
    void aBurstAfterABlockedLinkTeachesNothingOfTheClock() {
        livesFor90Seconds("a");
        story.isJudgedAt(HOUR);

        for (int i = 0; i < 20; i++) {
            story.hears(ours("a", 11 + i, 100 + i * 10, up("db")).receivedAt(HOUR + i / 1000.0));
        }

        assertThat(story.state().speaker().offset()).isEqualTo(Duration.ZERO);
        assertThat(story.health("db")).isEqualTo(STALE);
    }

    @Test
    void aBurstAfterABlockedLinkTeachesNothingOfPhsRhythm() {
        story.hears(ph(0, up("db")), ph(60, up("db")), ph(120, up("db")));
        for (int i = 3; i < 9; i++) {
            story.hears(ph(i * 60, up("db")).receivedAt(500 + i / 1000.0));
        }

        assertThat(story.state().groups().get(Group.UNNAMED).gaps()).containsOnly(Duration.ofSeconds(60));
    }

    @Test
    void theTimeThatWeWereAwayTeachesNothingOfPhsRhythm() {
        story.hears(ph(0, up("db")));
        story.hears(ph(60, up("db")).fromBacklogAt(HOUR), ph(HOUR - 60, up("db")).fromBacklogAt(HOUR + 0.1),
                ph(HOUR, up("db")).receivedAt(HOUR + 0.2), ph(HOUR + 60, up("db")), ph(HOUR + 120, up("db")));

        assertThat(story.isJudgedAt(HOUR + 300.1).health("db")).isEqualTo(STALE);
    }
}
