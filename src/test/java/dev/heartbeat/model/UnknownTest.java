package dev.heartbeat.model;

import static dev.heartbeat.model.Health.DOWN;
import static dev.heartbeat.model.Health.STALE;
import static dev.heartbeat.model.Health.UNKNOWN;
import static dev.heartbeat.model.Health.UP;
import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.unknown;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What does a source that lives and can not tell make of its targets? */
class UnknownTest {
    private final Story story = new Story();

    @Test
    void theFormerHealthIsHeldUntilTheLimitAndThenUnknown() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, unknown("db")), ours("a", 3, 20, unknown("db")),
                ours("a", 4, 30, unknown("db")), ours("a", 5, 40, unknown("db")));

        assertThat(story.isJudgedAt(40).health("db")).isEqualTo(UP);
        assertThat(story.news()).isEmpty();
        story.isJudgedAt(40.1);
        assertThat(story.health("db")).isEqualTo(UNKNOWN);
        assertThat(story.of("db").former()).isEqualTo(UP);
        assertThat(story.of("db").reason()).isEqualTo(Reason.API_FAILED);
        assertThat(story.news()).containsExactly("db: UP -> UNKNOWN");
    }

    @Test
    void whileItIsHeldTheReasonIsShown() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, unknown("db")));

        assertThat(story.of("db").reason()).isEqualTo(Reason.API_FAILED);
    }

    @Test
    void whatIsHeldIsNotSeen() {
        story.hears(ours("a", 1, 0, up("db"), down("web")), ours("a", 2, 10, unknown("db"), unknown("web")),
                ours("a", 3, 20, unknown("db"), unknown("web")));

        assertThat(story.state().lastUp(story.of("db"))).isEqualTo(at(0));
        assertThat(story.state().lastDown(story.of("web"))).isEqualTo(at(0));
    }

    @Test
    void oneDefiniteAnswerBetweenBeginsTheLimitAnew() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, unknown("db")), ours("a", 3, 20, up("db")),
                ours("a", 4, 30, unknown("db")), ours("a", 5, 40, unknown("db")));

        assertThat(story.of("db").unknownSince()).isEqualTo(at(30));
        assertThat(story.isJudgedAt(60).health("db")).isEqualTo(UP);
    }

    @Test
    void aTargetNeverKnownIsUnknownAtOnce() {
        story.hears(ours("a", 1, 0, unknown("db")));

        assertThat(story.health("db")).isEqualTo(UNKNOWN);
        assertThat(story.of("db").former()).isNull();
        assertThat(story.news()).containsExactly("db: null -> UNKNOWN");
    }

    @Test
    void theNextDefiniteAnswerEndsIt() {
        story.hears(ours("a", 1, 0, unknown("db"))).untilNow();

        story.hears(ours("a", 2, 10, down("db")));

        assertThat(story.health("db")).isEqualTo(DOWN);
        assertThat(story.of("db").unknownSince()).isNull();
        assertThat(story.news()).containsExactly("db: UNKNOWN -> DOWN");
    }

    @Test
    void aSourceThatWakesAndCanNotTellIsUnknownAndNotStale() {
        story.hears(ours("a", 1, 0, down("db"))).isJudgedAt(31).untilNow();

        story.hears(ours("a", 2, 40, unknown("db")));

        assertThat(story.health("db")).isEqualTo(UNKNOWN);
        assertThat(story.of("db").former()).isEqualTo(DOWN);
        assertThat(story.news()).containsExactly("db: STALE -> UNKNOWN");
    }

    @Test
    void ourOwnDeafnessDoesNotCountAgainstIt() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, unknown("db")), ours("a", 3, 1000, unknown("db")));

        assertThat(story.isJudgedAt(1000, 990).health("db")).isEqualTo(UP);
    }

    @Test
    void ofSeveralWordsOnOneTargetTheWorstCounts() {
        story.hears(ours("a", 1, 0, up("x"), down("x"), up("x"), unknown("y"), up("y"), down("z"), unknown("z"), up("z")));

        assertThat(story.health("x")).isEqualTo(DOWN);
        assertThat(story.health("y")).isEqualTo(UNKNOWN);
        assertThat(story.health("z")).isEqualTo(DOWN);
        assertThat(story.news()).containsExactlyInAnyOrder("x: null -> DOWN", "y: null -> UNKNOWN", "z: null -> DOWN");
    }

    @Test
    void theFirstUpIsNoNewsAndTheFirstDownIs() {
        story.hears(ours("a", 1, 0, up("db"), down("web")));

        assertThat(story.news()).containsExactly("web: null -> DOWN");
    }

    @Test
    void anOldHeartbeatMakesATargetKnownAndNotAlive() {
        story.hears(ours("a", 1, 0, up("db")).fromBacklogAt(1000));

        assertThat(story.health("db")).isEqualTo(STALE);
        assertThat(story.of("db").former()).isEqualTo(UP);
        assertThat(story.state().lastUp(story.of("db"))).isEqualTo(at(0));
        assertThat(story.news()).isEmpty();
    }

    @Test
    void whatWasNeverAliveBecomesUpWithoutNewsAndDownWithNews() {
        story.hears(ours("a", 1, 0, up("db"), up("web")).fromBacklogAt(1000));

        story.hears(ours("a", 2, 1001, up("db"), down("web")));

        assertThat(story.news()).containsExactly("web: null -> DOWN");
    }

    @Test
    void whatWasNeverAliveBecomesUpWithoutNewsAlsoInAGroupThatIsAlive() {
        story.hears(ours("a", 1, 0, up("db")), ours("b", 1, 900, up("new")).fromBacklogAt(1000));

        story.hears(ours("b", 2, 1001, up("new")));

        assertThat(story.news()).isEmpty();
    }
}
