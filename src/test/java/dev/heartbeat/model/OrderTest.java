package dev.heartbeat.model;

import static dev.heartbeat.model.Health.DOWN;
import static dev.heartbeat.model.Health.UP;
import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.host;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which of two observations of a target is the newer one? */
class OrderTest {
    private final Story story = new Story();

    @Test
    void theNewerObservationWins() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, down("db")));

        assertThat(story.health("db")).isEqualTo(DOWN);
        assertThat(story.of("db").since()).isEqualTo(at(10));
        assertThat(story.news()).containsExactly("db: UP -> DOWN");
    }

    @Test
    void anOlderObservationIsHistoryAndNoTransition() {
        story.hears(ours("a", 2, 10, up("db")), ours("a", 1, 0, down("db")).receivedAt(11));

        assertThat(story.health("db")).isEqualTo(UP);
        assertThat(story.news()).isEmpty();
    }

    @Test
    void orderIsPerTargetAndNotPerSource() {
        story.hears(ours("a", 2, 10, up("db")), ours("a", 1, 0, down("db"), down("web")).receivedAt(11));

        assertThat(story.health("db")).isEqualTo(UP);
        assertThat(story.health("web")).isEqualTo(DOWN);
    }

    @Test
    void withinABootTheSequenceDecidesWhateverTheClockSays() {
        story.hears(ours("a", 1, 10, up("db")), ours("a", 2, 5, down("db")).receivedAt(20));

        assertThat(story.health("db")).isEqualTo(DOWN);
    }

    @Test
    void aNewBootBeginsItsSequenceAnew() {
        story.hears(ours("a", 900, 0, up("db")), ours("b", 1, 10, down("db")));

        assertThat(story.health("db")).isEqualTo(DOWN);
    }

    @Test
    void theOldBootsLastWordsDoNotOverwriteTheNewBoots() {
        story.hears(ours("a", 7, 0, up("db")), ours("b", 1, 10, up("db")), ours("a", 8, 5, down("db")).receivedAt(11));

        assertThat(story.health("db")).isEqualTo(UP);
    }

    @Test
    void phsEqualInstantsApplyInTheOrderOfArrival() {
        story.hears(ph(0, up("db")), ph(0, down("db")).receivedAt(0.3), ph(0, up("db"), up("web")).receivedAt(0.6));

        assertThat(story.health("db")).isEqualTo(UP);
        assertThat(story.news()).containsExactly("db: UP -> DOWN", "db: DOWN -> UP");
    }

    @Test
    void aRestartOfPhGoesOnWhereItWas() {
        story.hears(ph(0, up("db")), ph(60, up("db")), ph(61, down("db"))).untilNow();

        story.hears(ph(121, up("db")));

        assertThat(story.news()).containsExactly("db: DOWN -> UP");
        assertThat(story.state().speaker().rival()).isNull();
    }

    @Test
    void aPublisherThatTakesOverFromPhContinuesItsState() {
        story.hears(ph(0, up("db")), ph(60, up("db"))).untilNow();

        story.hears(ours("a", 1, 65, up("db")), ours("a", 2, 75, down("db")));

        assertThat(story.state().targets()).containsOnlyKeys(host("db"));
        assertThat(story.news()).containsExactly("db: UP -> DOWN");
    }
}
