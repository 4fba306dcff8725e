package dev.heartbeat.model;

import static dev.heartbeat.model.Health.DOWN;
import static dev.heartbeat.model.Health.STALE;
import static dev.heartbeat.model.Health.UP;
import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.consumer;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.host;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;
import static dev.heartbeat.model.Saying.queue;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of PH's keys that were there before us? */
class AdoptionTest {
    private static final PhKey DB = new PhKey(false, "db");
    private final Story story = new Story();

    @ParameterizedTest
    @CsvSource({ "5, , UP", ", 5, DOWN", "9, 5, UP", "5, 9, DOWN", "5, 5, DOWN" })
    void theNewerKeyIsItsHealthAndOfTwoEqualOnesTheWorse(Double up, Double down, Health health) {
        story.adopts(DB, up, down);

        assertThat(story.health("db")).isEqualTo(health);
        assertThat(story.last().touched()).containsExactly(host("db"));
        assertThat(story.news()).isEmpty();
    }

    @Test
    void bothInstantsAreKept() {
        story.adopts(DB, 9.0, 5.0);

        assertThat(story.state().lastUp(story.of("db"))).isEqualTo(at(9));
        assertThat(story.state().lastDown(story.of("db"))).isEqualTo(at(5));
    }

    @Test
    void whatIsKnownIsNotAdopted() {
        story.hears(ours("a", 1, 0, up(consumer("db"))));

        assertThat(story.adopts(DB, null, 5.0).last().isNone()).isTrue();
    }

    @Test
    void aQueueIsNotAService() {
        story.adopts(DB, 5.0, null).adopts(new PhKey(true, "db"), null, 5.0);

        assertThat(story.health(host("db"))).isEqualTo(UP);
        assertThat(story.health(queue("db"))).isEqualTo(DOWN);
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = { "HOST", "WEBSITE", "CONSUMER" })
    void aServiceMayTurnOutToBeOfAnyKind(Kind kind) {
        Target target = new Target(kind, "db");
        story.adopts(DB, 5.0, 3.0).untilNow();

        story.hears(ours("a", 1, 60, down(target)));

        assertThat(story.state().targets()).containsOnlyKeys(target);
        assertThat(story.state().lastUp(story.of(target))).isEqualTo(at(5));
        assertThat(story.of(target).adopted()).isFalse();
        assertThat(story.last().touched()).contains(target, host("db"));
        assertThat(story.news()).containsExactly("db: UP -> DOWN");
    }

    @Test
    void aHealthThatIsConfirmedIsNoNews() {
        story.adopts(DB, null, 5.0);

        story.hears(ours("a", 1, 60, down("db")));

        assertThat(story.of("db").since()).isEqualTo(at(5));
        assertThat(story.news()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "HEALTH", mode = EnumSource.Mode.EXCLUDE)
    void aNameWithAColonIsKnownByTheKeyThatItMakes(Kind kind) {
        Target target = new Target(kind, "a:b");
        story.adopts(new PhKey(kind == Kind.QUEUE, "a_b"), 5.0, null);

        story.hears(ours("a", 1, 60, up(target)));

        assertThat(story.state().targets()).containsOnlyKeys(target);
        assertThat(story.state().lastUp(story.of(target))).isEqualTo(at(60));
    }

    @Test
    void aHostAndAConsumerOfOneNameAreBothKnownAfterwards() {
        story.adopts(DB, 5.0, null);

        story.hears(ph(60, up(host("db")), down(consumer("db"))));

        assertThat(story.state().targets()).containsOnlyKeys(host("db"), consumer("db"));
        assertThat(story.news()).containsExactly("db: null -> DOWN");
    }

    @Test
    void heartbeatsOlderThanTheKeysChangeNothingOfThem() {
        story.adopts(DB, 50.0, null);

        story.hears(ph(40, down("db")).fromBacklogAt(60));

        assertThat(story.health("db")).isEqualTo(UP);
        assertThat(story.news()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "3600, 3600", "200, 200", "-3600, -3600", "3600, 0" })
    void keysFromAWrongClockDoNotOutliveTheirSourcesNextWord(double aheadBefore, double ahead) {
        story.adopts(DB, 50.0 + aheadBefore, null);

        story.hears(ph(60, down("db")).byClockAhead(ahead));

        assertThat(story.health("db")).isEqualTo(DOWN);
    }

    @Test
    void whatIsNeverHeardFallsSilentOneLimitAfterWeBeganToListen() {
        story.staleAfter(30).adopts(DB, 5.0, null);

        assertThat(story.isJudgedAt(130, 100).health("db")).isEqualTo(UP);
        assertThat(story.isJudgedAt(131, 100).health("db")).isEqualTo(STALE);
        assertThat(story.of("db").former()).isEqualTo(UP);
        assertThat(story.news()).containsExactly("db: UP -> STALE");
    }

    @Test
    void whatIsNotInPhsHeartbeatsFallsSilentByItsRhythm() {
        story.adopts(DB, 5.0, null).hears(ph(100, up("web")), ph(120, up("web")), ph(140, up("web")), ph(160, up("web")));

        assertThat(story.isJudgedAt(160, 100).health("db")).isEqualTo(UP);
        assertThat(story.isJudgedAt(160.1, 100).health("db")).isEqualTo(STALE);
        assertThat(story.health("web")).isEqualTo(UP);
    }

    @Test
    void whoFellSilentIsNewsWhenItIsHeard() {
        story.staleAfter(30).adopts(DB, 5.0, null).isJudgedAt(131, 100).untilNow();

        story.hears(ours("a", 1, 140, up("db")));

        assertThat(story.news()).containsExactly("db: STALE -> UP");
    }

    @Test
    void ourListRetiresWhatItDoesNotName() {
        story.adopts(DB, 5.0, null);

        story.hears(ours("a", 1, 60, up("web")).listing("web"));

        assertThat(story.state().targets()).containsOnlyKeys(host("web"));
        assertThat(story.news()).containsExactly("db: UP -> null");
    }

    @Test
    void ourListDoesNotRetireTheKeyOfATargetThatItNamesAndThatIsYetToBeHeard() {
        story.adopts(DB, 5.0, null);

        story.hears(ours("a", 1, 60, up("web")).listing(host("web"), consumer("db")));
        assertThat(story.health("db")).isEqualTo(UP);

        story.hears(ours("a", 2, 61, up(consumer("db"))).every(60));
        assertThat(story.state().targets()).containsOnlyKeys(host("web"), consumer("db"));
        assertThat(story.news()).isEmpty();
    }
}
