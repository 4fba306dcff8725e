package dev.heartbeat.model;

import static dev.heartbeat.model.Health.DOWN;
import static dev.heartbeat.model.Health.STALE;
import static dev.heartbeat.model.Health.UP;
import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.host;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** What do targets of one source that are asked at different intervals, or in several parts, have to do with each other? */
class GroupTest {
    private final Story story = new Story();

    @Test
    void oneGroupIsSilentWhileAnotherLives() {
        story.hears(ours("a", 1, 0, up("slow")).every(60), ours("a", 2, 0, up("fast")).every(5));
        story.hears(ours("a", 3, 60, up("slow")).every(60));

        story.isJudgedAt(70);

        assertThat(story.health("slow")).isEqualTo(UP);
        assertThat(story.health("fast")).isEqualTo(STALE);
        assertThat(story.news()).containsExactly("fast: UP -> STALE");
    }

    @Test
    void heartbeatsOfOneGroupDoNotHealAnother() {
        story.hears(ours("a", 1, 0, up("slow")).every(60), ours("a", 2, 0, up("fast")).every(5)).isJudgedAt(20);

        story.hears(ours("a", 3, 60, up("slow")).every(60));

        assertThat(story.health("fast")).isEqualTo(STALE);
    }

    @Test
    void groupsDoNotLeaveEachOthersTargetsBehind() {
        story.hears(ours("a", 1, 0, up("slow")).every(60), ours("a", 2, 1, up("fast")).every(5),
                ours("a", 3, 6, up("fast")).every(5));

        assertThat(story.of("slow").rides()).isTrue();
        assertThat(story.state().lastUp(story.of("slow"))).isEqualTo(at(0));
        assertThat(story.state().lastUp(story.of("fast"))).isEqualTo(at(6));
    }

    @Test
    void partsOfARoundAreHeardAndFallSilentEachForItself() {
        story.hears(ours("a", 1, 0, up("x")).part(1, 2), ours("a", 2, 0, up("y")).part(2, 2),
                ours("a", 3, 10, up("x")).part(1, 2), ours("a", 4, 20, up("x")).part(1, 2));

        story.isJudgedAt(31);

        assertThat(story.health("x")).isEqualTo(UP);
        assertThat(story.health("y")).isEqualTo(STALE);
    }

    @Test
    void partsOfARoundDoNotLeaveEachOthersTargetsBehind() {
        story.hears(ours("a", 1, 0, up("x")).part(1, 2), ours("a", 2, 0, up("y")).part(2, 2),
                ours("a", 3, 10, up("x")).part(1, 2));

        assertThat(story.last().touched()).isEmpty();
        assertThat(story.of("y").rides()).isTrue();
    }

    @Test
    void aTargetThatLeftItsGroupsHeartbeatsBecomesStaleAlone() {
        story.hears(ours("a", 1, 0, up("db"), down("gone")), ours("a", 2, 10, up("db"), down("gone")),
                ours("a", 3, 20, up("db")), ours("a", 4, 30, up("db")), ours("a", 5, 40, up("db")));

        assertThat(story.isJudgedAt(40).health("gone")).isEqualTo(DOWN);
        story.isJudgedAt(40.1);

        assertThat(story.health("gone")).isEqualTo(STALE);
        assertThat(story.health("db")).isEqualTo(UP);
        assertThat(story.state().lastDown(story.of("gone"))).isEqualTo(at(10));
    }

    @Test
    void aTargetMovesToAnotherGroupWithItsPast() {
        story.hears(ours("a", 1, 0, down("db")).every(60), ours("a", 2, 10, up("db")).every(5)).untilNow();

        story.hears(ours("a", 3, 60, up("web")).every(60), ours("a", 4, 61, up("db")).every(5));

        assertThat(story.state().lastDown(story.of("db"))).isEqualTo(at(0));
        assertThat(story.state().lastUp(story.of("db"))).isEqualTo(at(61));
        assertThat(story.isJudgedAt(77).health("db")).isEqualTo(STALE);
    }

    @Test
    void aTargetThatWakesInAnotherGroupIsNews() {
        story.hears(ours("a", 1, 0, up("db")).every(60)).isJudgedAt(200).untilNow();

        story.hears(ours("b", 1, 300, up("db")).every(5));

        assertThat(story.news()).containsExactly("db: STALE -> UP");
    }

    @Test
    void aTargetOfTheHeartbeatWhoseOwnWordIsOlderThanItsStateDoesNotRide() {
        story.hears(ours("a", 1, 10, up("db")), ours("b", 1, 12, down("db").at(9.0), up("web")));

        assertThat(story.health("db")).isEqualTo(UP);
        assertThat(story.state().lastUp(story.of("db"))).isEqualTo(at(10));
    }

    @Test
    void ofTenThousandTargetsOneChangesAndOneIsTouched() {
        story.hears(tenThousand(1, 0, up("n77")), tenThousand(2, 10, up("n77")));
        assertThat(story.last().touched()).isEmpty();

        story.hears(tenThousand(3, 20, down("n77")));

        assertThat(story.last().touched()).containsExactly(host("n77"));
        assertThat(story.last().seen()).hasSize(10_000);
    }

    private static Saying tenThousand(int sequence, double second, Saying.Word last) {
        List<Saying.Word> words = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            words.add(last.target().name().equals("n" + i) ? last : up("n" + i));
        }
        return ours("a", sequence, second, words.toArray(Saying.Word[]::new));
    }

    @Test
    void aSteadyUnknownTouchesNothingAfterItsFirst() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, Saying.unknown("db")), ours("a", 3, 20, Saying.unknown("db")));

        assertThat(story.last().touched()).isEmpty();
        assertThat(story.last().isNone()).isFalse();
    }

    @Test
    void aHeartbeatWithoutTargetsIsASignOfLifeOfNobody() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10), ph(10));

        assertThat(story.state().groups().get("10000").heard()).isEqualTo(at(10));
        assertThat(story.of("db").rides()).isFalse();
    }
}
