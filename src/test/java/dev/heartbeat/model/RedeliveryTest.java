package dev.heartbeat.model;

import static dev.heartbeat.model.Health.DOWN;
import static dev.heartbeat.model.Health.UP;
import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Does anything change when something is delivered again, or late? */
class RedeliveryTest {
    private final Story story = new Story();

    @Test
    void aRedeliveryChangesNothingNotEvenTheVersion() {
        Saying saying = ours("a", 1, 0, up("db"));
        story.hears(saying);

        story.hears(saying.receivedAt(3));

        assertThat(story.last().isNone()).isTrue();
    }

    @Test
    void aRedeliveryOfAnOlderHeartbeatChangesNothing() {
        Saying older = ours("a", 1, 0, down("db"));
        story.hears(older, ours("a", 2, 10, up("db")));

        story.hears(older.receivedAt(11));

        assertThat(story.last().isNone()).isTrue();
    }

    @Test
    void whatCameAgainAndWhatCameLateIsCounted() {
        Saying second = ours("a", 2, 10, up("db"));
        story.hears(second);
        assertThat(story.last().repeated() + story.last().late()).isZero();

        story.hearsAtOnce(second.receivedAt(11), ours("a", 1, 0, down("db")).receivedAt(11), ours("a", 3, 20, up("db")));

        assertThat(story.last().repeated()).isEqualTo(1);
        assertThat(story.last().late()).isEqualTo(1);
        assertThat(story.last().isNone()).isFalse();

        story.hears(ours("a", 3, 20, up("db")).receivedAt(21));

        assertThat(story.last().repeated()).isEqualTo(1);
        assertThat(story.last().isNone()).isTrue();
    }

    @Test
    void aRedeliveryOfAFormerBootFarOlderThanTheLimitOverwritesNothing() {
        Saying older = ours("a", 1, 0, down("db"));
        story.hears(older, ours("b", 1, 3600, up("db"))).untilNow();

        story.hears(older.receivedAt(3601));

        assertThat(story.last().isNone()).isTrue();
    }

    @Test
    void neitherDoesThatOfAFormerBootWhoseNameIsTheLater() {
        Saying older = ours("z", 1, 0, down("db"));
        story.hears(older, ours("b", 1, 3600, up("db"))).untilNow();

        story.hears(older.receivedAt(3601));

        assertThat(story.last().isNone()).isTrue();
    }

    @Test
    void aRedeliveryOfABootBeforeTheFormerOverwritesNothing() {
        Saying older = ours("a", 1, 0, down("db"));
        story.hears(older, ours("b", 1, 1800, up("db")), ours("c", 1, 3600, up("db"))).untilNow();

        story.hears(older.receivedAt(3601));

        assertThat(story.health("db")).isEqualTo(UP);
        assertThat(story.news()).isEmpty();
    }

    @Test
    void anIdenticalBodyOfPhIsARepeat() {
        story.hears(ph(0, up("db"))).untilNow();

        story.hears(ph(0, up("db")).receivedAt(40));

        assertThat(story.last().isNone()).isTrue();
    }

    @Test
    void redeliveryOfTheLastTwentyBodiesWithinOneSecondChangesNothingInAnyOrder() {
        List<Saying> second = sayingsOfOneSecond(20);
        story.hears(ph(4, down("db"))).hears(second.toArray(Saying[]::new));
        SourceState before = story.state();
        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(second, new Random(seed));
            second.forEach(saying -> story.hears(saying.receivedAt(9)));

            assertThat(story.state()).isSameAs(before);
        }
    }

    @Test
    void onlyTheBodiesOfTheNewestSecondAreRemembered() {
        story.hears(ph(0, up("db")), ph(20, up("db")), ph(20, down("db")).receivedAt(20.5));

        assertThat(story.state().prints()).hasSize(2);
    }

    @Test
    void repeatsAreStillKnownAfterAnOlderBodyCameBetween() {
        List<Saying> second = sayingsOfOneSecond(3);
        story.hears(ph(4, down("db"))).hears(second.toArray(Saying[]::new));
        story.hears(ph(4, down("db")).receivedAt(6), ph(5, up("db"), up("late")).receivedAt(6.1)).untilNow();

        story.hears(second.get(1).receivedAt(7));

        assertThat(story.news()).isEmpty();
        assertThat(story.last().isNone()).isTrue();
    }

    /** UP and DOWN by turns, each body different. */
    private static List<Saying> sayingsOfOneSecond(int count) {
        List<Saying> sayings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sayings.add(ph(5, i % 2 == 0 ? up("db") : down("db"), up("n" + i)).receivedAt(5 + i / 100.0));
        }
        return sayings;
    }

    @Test
    void aBodyOfPhThatCameLateLosesTheTieWithTheNewerBody() {
        Saying older = ph(5, up("db"), up("web"));
        story.hears(older, ph(6, down("db").at(5.0), up("api"))).untilNow();

        story.hears(older.receivedAt(7));

        assertThat(story.health("db")).isEqualTo(DOWN);
        assertThat(story.news()).isEmpty();
    }

    @Test
    void aRepeatedBodyOfPhDoesNotBringBackWhoLeftItsHeartbeats() {
        Saying older = ph(5, up("db"), up("gone"));
        story.hears(older, ph(5, up("db"), down("gone")).receivedAt(5.5), ph(25, up("db")), ph(45, up("db")), ph(65, up("db")));
        story.isJudgedAt(66).untilNow();
        SourceState before = story.state();

        story.hears(older.receivedAt(67));

        assertThat(story.state().targets()).isEqualTo(before.targets());
        assertThat(story.state().groups()).isEqualTo(before.groups());
    }

    @Test
    void aRedeliveredHeartbeatDoesNotMakeWhatItNamesPartOfTheNewestOne() {
        Saying older = ours("a", 1, 0, up("db"), up("gone"));
        story.hears(ours("a", 2, 10, up("db")), older.receivedAt(11), ours("a", 3, 20, up("db")));

        assertThat(story.state().lastSeen(story.of("gone"))).isEqualTo(at(0));
    }
}
