package dev.heartbeat.model;

import static dev.heartbeat.model.Health.STALE;
import static dev.heartbeat.model.Health.UP;
import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.consumer;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.host;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/** When is a target no more? */
class RetirementTest {
    private final Story story = new Story();

    @Test
    void aTargetThatANewerListDoesNotNameIsRetired() {
        story.hears(ours("a", 1, 0, up("db"), down("gone")).listing("db", "gone")).untilNow();

        story.hears(ours("a", 2, 10, up("db")).listing("db"));

        assertThat(story.state().targets()).containsOnlyKeys(host("db"));
        assertThat(story.news()).containsExactly("gone: DOWN -> null");
        assertThat(story.last().retired()).containsOnlyKeys(host("gone"));
        assertThat(story.last().touched()).contains(host("gone"));
        assertThat(story.last().seen()).contains(host("gone"));
    }

    @Test
    void itsLastStateIsKeptForTheArchive() {
        story.hears(ours("a", 1, 0, up("db"), down("gone")), ours("a", 2, 10, up("db")).listing("db"));

        TargetState gone = story.last().retired().get(host("gone"));
        assertThat(gone.health()).isEqualTo(Health.DOWN);
        assertThat(gone.lastDown()).isEqualTo(at(0));
    }

    @Test
    void theTransitionSaysWhy() {
        story.hears(ours("a", 1, 0, up("db"), up("gone")), ours("a", 2, 10, up("db")).listing("db"));

        assertThat(story.last().transitions()).containsExactly(new Transition("publisher", host("gone"), UP, null, at(10),
                Reason.RETIRED, "the source's newest list of targets does not name it", Duration.ofSeconds(10), Telling.NEWS));
    }

    @Test
    void aTargetOfAnotherGroupThatTheListNamesStays() {
        story.hears(ours("a", 1, 0, up("slow")).every(60), ours("a", 2, 5, up("fast")).every(5).listing("fast", "slow"));

        assertThat(story.state().targets()).containsOnlyKeys(host("slow"), host("fast"));
    }

    @Test
    void aTargetOfAnotherGroupThatTheListDoesNotNameIsRetired() {
        story.hears(ours("a", 1, 0, up("slow")).every(60), ours("a", 2, 5, up("fast")).every(5).listing("fast"));

        assertThat(story.state().targets()).containsOnlyKeys(host("fast"));
    }

    @Test
    void anOlderListThatIsRedeliveredRetiresNobody() {
        Saying older = ours("a", 1, 0, up("db")).listing("db");
        story.hears(older, ours("a", 2, 10, up("db"), up("new")).listing("db", "new"));

        story.hears(older.receivedAt(11));

        assertThat(story.last().isNone()).isTrue();
    }

    @Test
    void theListOfAFormerBootRetiresNobody() {
        Saying older = ours("a", 9, 0, up("db")).listing("db");
        story.hears(ours("b", 1, 10, up("db"), up("new")).listing("db", "new"), older.receivedAt(11));

        assertThat(story.state().targets()).containsOnlyKeys(host("db"), host("new"));
    }

    @Test
    void aListThatIsOlderThanATargetsLastWordDoesNotRetireIt() {
        story.hears(ours("a", 3, 20, up("new")).every(5), ours("a", 2, 10, up("db")).listing("db").receivedAt(21));

        assertThat(story.state().targets()).containsOnlyKeys(host("db"), host("new"));
    }

    @Test
    void whatWasSaidBeforeTheListDoesNotBringTheRetiredBack() {
        Saying older = ours("a", 1, 0, up("db"), down("gone"));
        story.hears(older, ours("a", 2, 10, up("db")).listing("db")).untilNow();

        story.hears(older.receivedAt(11), ours("a", 1, 1, down("gone")).every(5).receivedAt(12));

        assertThat(story.state().targets()).containsOnlyKeys(host("db"));
        assertThat(story.news()).isEmpty();
    }

    @Test
    void aRetiredTargetMayComeBack() {
        story.hears(ours("a", 1, 0, up("db"), down("x")), ours("a", 2, 10, up("db")).listing("db")).untilNow();

        story.hears(ours("a", 3, 20, up("db"), down("x")).listing("db", "x"));

        assertThat(story.news()).containsExactly("x: null -> DOWN");
        assertThat(story.state().lastUp(story.of("x"))).isNull();
    }

    @Test
    void whoComesBackWithinABatchIsNotAmongTheRetired() {
        story.hearsAtOnce(ours("a", 1, 0, up("db"), down("x")), ours("a", 2, 10, up("db")).listing("db"),
                ours("a", 3, 20, up("db"), down("x")).listing("db", "x"));

        assertThat(story.last().retired()).isEmpty();
        assertThat(story.state().targets()).containsOnlyKeys(host("db"), host("x"));
        assertThat(story.news()).containsExactly("x: null -> DOWN", "x: DOWN -> null", "x: null -> DOWN");
    }

    @Test
    void whoCameAndWentWithinABatchIsAmongTheTouched() {
        story.hearsAtOnce(ours("a", 1, 0, up("db"), down("x")), ours("a", 2, 10, up("db")).listing("db"));

        assertThat(story.last().touched()).containsAll(story.last().retired().keySet());
    }

    @Test
    void aStaleTargetIsRetiredAsWell() {
        story.hears(ours("a", 1, 0, up("db"), up("gone"))).isJudgedAt(40);
        assertThat(story.health("gone")).isEqualTo(STALE);

        story.hears(ours("a", 2, 50, up("db")).listing("db"));

        assertThat(story.state().targets()).containsOnlyKeys(host("db"));
    }

    @Test
    void phRetiresNobody() {
        story.hears(ours("a", 1, 0, up("db"), up("gone")).listing("db", "gone"), ph(10, up("db")));

        assertThat(story.state().targets()).containsOnlyKeys(host("db"), host("gone"));
    }

    @Test
    void aTargetOfTheSameNameAndAnotherKindIsAnother() {
        story.hears(ours("a", 1, 0, up("db"), up(consumer("db"))), ours("a", 2, 10, up("db")).listing("db"));

        assertThat(story.state().targets()).containsOnlyKeys(host("db"));
    }

    @Test
    void theStateKnowsTheConfigurationOfTheNewestList() {
        story.hears(ours("a", 1, 0, up("db")).listing("db"), ours("a", 2, 10, up("db"), up("web")).listing("db", "web"),
                ours("a", 3, 20, up("db"), up("web")));

        assertThat(story.state().config()).isEqualTo("host db,host web");
    }

    private static Target health(String name) {
        return new Target(Kind.HEALTH, name);
    }

    @Test
    void theChecksOfAnEndpointThatHasNotAnsweredYetStay() {
        story.hears(ours("a", 1, 0, up("db"), up(health("portal")), up(health("portal/db")), up(health("other/db"))))
                .untilNow();

        story.hears(ours("b", 1, 10, up("db"), down(health("portal"))).listing(host("db"), health("portal"),
                health("portal/")));

        assertThat(story.state().targets()).containsOnlyKeys(host("db"), health("portal"), health("portal/db"));
        assertThat(story.news()).contains("other/db: UP -> null").doesNotContain("portal/db: UP -> null");
        assertThat(story.isJudgedAt(41).health(health("portal/db"))).isEqualTo(STALE);
    }

    @Test
    void onceTheEndpointHasAnsweredAListNamesItsChecks() {
        story.hears(ours("a", 1, 0, up(health("portal")), up(health("portal/db")), up(health("portal/old")))).untilNow();

        story.hears(ours("b", 1, 10, up(health("portal")), up(health("portal/db"))).listing(health("portal"),
                health("portal/db")));

        assertThat(story.news()).containsExactly("portal/old: UP -> null");
    }
}
