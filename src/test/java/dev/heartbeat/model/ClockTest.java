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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a source whose clock is not ours? */
class ClockTest {
    private static final double HOUR = 3600;
    private final Story story = new Story();

    @ParameterizedTest
    @ValueSource(doubles = { -1e9, -86400, -HOUR, -31, -29, -1, 1, 29, 31, 299, 301, HOUR, 86400, 1e9 })
    void aSourceWithAWrongClockLivesAndDiesAsAnyOther(double ahead) {
        story.hears(ours("a", 1, 0, up("db")).byClockAhead(ahead), ours("a", 2, 10, down("db")).byClockAhead(ahead),
                ours("a", 3, 20, up("db")).byClockAhead(ahead));

        assertThat(story.news()).containsExactly("db: UP -> DOWN", "db: DOWN -> UP");
        assertThat(story.isJudgedAt(50).health("db")).isEqualTo(UP);
        assertThat(story.isJudgedAt(50.1).health("db")).isEqualTo(STALE);
    }

    @ParameterizedTest
    @ValueSource(doubles = { -1e9, -86400, -HOUR, HOUR, 86400, 1e9 })
    void itsInstantsAreShownOnOurClock(double ahead) {
        story.hears(ours("a", 1, 0, up("db")).byClockAhead(ahead), ours("a", 2, 10, down("db")).byClockAhead(ahead));

        assertThat(story.of("db").since()).isEqualTo(at(10));
        assertThat(story.state().lastUp(story.of("db"))).isEqualTo(at(0));
    }

    @Test
    void whatDelaysExplainIsNotCorrected() {
        story.hears(ours("a", 1, 0, up("db")).receivedAt(20));

        assertThat(story.state().lastUp(story.of("db"))).isEqualTo(at(0));
    }

    @ParameterizedTest
    @CsvSource({ "299, false", "301, true", "86400, true", "-86400, false" })
    void aClockThatIsAheadByMoreThanFiveMinutesIsFlagged(double ahead, boolean flagged) {
        story.hears(ours("a", 1, 0, up("db")).byClockAhead(ahead));

        assertThat(story.state().speaker().clockAhead()).isEqualTo(flagged);
    }

    @Test
    void anObservationBeyondFiveMinutesFromNowIsClamped() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, up("db"), down("web").at(86400.0)));

        assertThat(story.of("web").since()).isEqualTo(at(10));
        assertThat(story.state().lastUp(story.of("db"))).isEqualTo(at(10));
    }

    @Test
    void theSmallestDelayOfABootIsItsOffset() {
        story.hears(ours("a", 1, 0, up("db")).receivedAt(3), ours("a", 2, 10, up("db")).receivedAt(11),
                ours("a", 3, 20, up("db")).receivedAt(25));

        assertThat(story.state().speaker().offset()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aNewBootsClockIsLearnedAnew() {
        story.hears(ours("a", 1, 0, up("db")), ours("b", 1, 10, down("db")).byClockAhead(-HOUR));

        assertThat(story.health("db")).isEqualTo(DOWN);
        assertThat(story.of("db").since()).isEqualTo(at(10));
        assertThat(story.isJudgedAt(40).health("db")).isEqualTo(DOWN);
    }

    @ParameterizedTest
    @ValueSource(doubles = { 0, 240, 86400 })
    void aClockSetBackHealsAfterThreePacedHeartbeats(double aheadBefore) {
        for (int i = 0; i < 5; i++) {
            story.hears(ours("a", i, i * 10, up("db")).byClockAhead(aheadBefore));
        }
        for (int i = 5; i < 9; i++) {
            story.hears(ours("a", i, i * 10, up("db")).byClockAhead(aheadBefore - 2 * HOUR));
        }

        assertThat(story.isJudgedAt(110).health("db")).isEqualTo(UP);
        assertThat(story.state().lastUp(story.of("db"))).isEqualTo(at(80));
    }

    @Test
    void aClockThatWasAheadAndIsRightAgainHeals() {
        for (int i = 0; i < 4; i++) {
            story.hears(ours("a", i, i * 10, up("db")).byClockAhead(HOUR));
        }
        for (int i = 4; i < 8; i++) {
            story.hears(ours("a", i, i * 10, up("db")));
        }

        assertThat(story.isJudgedAt(100).health("db")).isEqualTo(UP);
        assertThat(story.state().speaker().clockAhead()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = { 20, 240, HOUR })
    void phsClockSetBackHeals(double back) {
        double now = 0;
        for (; now < 300; now += 20) {
            story.hears(ph(now, up("db")));
        }
        double healed = now + 80;
        for (; now <= healed; now += 20) {
            story.hears(ph(now, down("db")).byClockAhead(-back)).isJudgedAt(now);
        }

        assertThat(story.health("db")).isEqualTo(DOWN);
        assertThat(story.isJudgedAt(now).health("db")).isEqualTo(DOWN);
    }

    @Test
    void phsClockThatWasAheadByLessThanFiveMinutesAndIsRightAgainHealsBeforeSilence() {
        double now = 0;
        for (; now < 300; now += 20) {
            story.hears(ph(now, up("db")).byClockAhead(280));
        }
        double healed = now + 80;
        for (; now <= healed; now += 20) {
            story.hears(ph(now, down("db")));
        }

        assertThat(story.isJudgedAt(now + 30).health("db")).isEqualTo(DOWN);
    }

    @Test
    void aClockSteppedForwardIsRightAtOnce() {
        for (int i = 0; i < 4; i++) {
            story.hears(ours("a", i, i * 10, up("db")));
        }

        story.hears(ours("a", 4, 40, down("db")).byClockAhead(HOUR));

        assertThat(story.of("db").since()).isEqualTo(at(40));
        assertThat(story.isJudgedAt(70).health("db")).isEqualTo(DOWN);
    }

    @Test
    void oneInstantFarInTheFutureIsForgottenAfterThreePacedHeartbeats() {
        story.hears(ph(0, up("db")), ph(20, up("db")), ph(40, up("db"), up("web").at(2e11)));
        for (int i = 3; i < 9; i++) {
            story.hears(ph(i * 20, down("db"), up("web")));
        }

        assertThat(story.isJudgedAt(161).health("db")).isEqualTo(DOWN);
        assertThat(story.health("web")).isEqualTo(UP);
    }
}
