package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

class ProjectionTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final PhKey DB = new PhKey(false, "db");

    @Test
    void hostsWebsitesAndConsumersOfOneNameShareAServiceAndQueuesDoNot() {
        SourceState state = heard(up(Kind.HOST, "db", 1), up(Kind.WEBSITE, "db", 2), up(Kind.CONSUMER, "db", 3),
                down(Kind.QUEUE, "db", 4));
        Projection projection = Projection.of(state);
        assertThat(projection.keys()).containsExactlyInAnyOrder(DB, new PhKey(true, "db"));
        assertThat(projection.shown(DB)).isEqualTo(new Shown(true, at(3)));
        assertThat(projection.shown(new PhKey(true, "db"))).isEqualTo(new Shown(false, at(4)));
    }

    @Test
    void healthEndpointsAndTheirChecksHaveNoKey() {
        SourceState before = heard(up(Kind.HOST, "db", 1), down(Kind.HEALTH, "db", 2));
        SourceState after = hear(before, 2, down(Kind.HEALTH, "db/inbox", 3));

        assertThat(Projection.of(before).keys()).containsExactly(DB);
        assertThat(Projection.of(before).next(after, Set.of(new Target(Kind.HEALTH, "db/inbox"))).keys()).containsExactly(DB);
        assertThat(Projection.of(after).shown(DB).ok()).isTrue();
    }

    @Test
    void theWorstOfAllContributorsIsShownWithItsOwnNewestInstant() {
        SourceState state = heard(up(Kind.HOST, "db", 9), down(Kind.WEBSITE, "db", 2), down(Kind.CONSUMER, "db", 3));
        assertThat(Projection.of(state).shown(DB)).isEqualTo(new Shown(false, at(3)));
    }

    @Test
    void ofSeveralSourcesTheWorstIsShown() {
        Shown ok = new Shown(true, at(9));
        Shown notOk = new Shown(false, at(2));
        assertThat(Shown.worse(ok, notOk)).isEqualTo(notOk);
        assertThat(Shown.worse(notOk, ok)).isEqualTo(notOk);
        assertThat(Shown.worse(ok, new Shown(true, at(7)))).isEqualTo(ok);
        assertThat(Shown.worse(notOk, new Shown(false, at(3)))).isEqualTo(new Shown(false, at(3)));
        assertThat(Shown.worse(null, ok)).isEqualTo(ok);
        assertThat(Shown.worse(ok, null)).isEqualTo(ok);
        assertThat(Shown.worse(null, null)).isNull();
    }

    @Test
    void silenceIsNotOkSinceTheVerdict() {
        SourceState state = heard(up(Kind.HOST, "db", 1)).judge(at(100), NOON, Policy.DEFAULT).next();
        assertThat(Projection.of(state).shown(DB)).isEqualTo(new Shown(false, at(100)));
    }

    @Test
    void whatTheSourceCannotTellIsNotOkOnceItIsJudgedUnknown() {
        Observation unknown = new Observation(new Target(Kind.HOST, "db"), Outcome.unknown(Reason.NOT_ASKED, null), at(10));
        SourceState held = hear(heard(up(Kind.HOST, "db", 1)), 2, unknown);
        assertThat(Projection.of(held).shown(DB).ok()).isTrue();
        SourceState first = hear(SourceState.unheard("s"), 1, unknown);
        assertThat(Projection.of(first).shown(DB).ok()).isFalse();
    }

    /** A management API that fails for an hour must not move "last seen ok". */
    @Test
    void theInstantOfAHeldWordIsThatOfTheLastObservationThatSaidIt() {
        Observation unknown = new Observation(new Target(Kind.HOST, "db"), Outcome.unknown(Reason.API_FAILED, null), at(10));
        SourceState held = hear(heard(up(Kind.HOST, "db", 1)), 2, unknown);
        assertThat(Projection.of(held).shown(DB)).isEqualTo(new Shown(true, at(1)));
        TargetState target = held.targets().get(new Target(Kind.HOST, "db"));
        assertThat(held.lastUp(target)).isEqualTo(at(1));
    }

    @Test
    void aColonIsWrittenAsAnUnderscoreAndBothNamesContribute() {
        SourceState state = heard(up(Kind.HOST, "a:b", 1), down(Kind.HOST, "a_b", 2));
        assertThat(Projection.of(state).keys()).containsExactly(new PhKey(false, "a_b"));
        assertThat(Projection.of(state).shown(new PhKey(false, "a_b"))).isEqualTo(new Shown(false, at(2)));
    }

    @Test
    void aLaterProjectionKnowsWhoCameAndWhoWent() {
        SourceState former = heard(up(Kind.HOST, "db", 1), up(Kind.HOST, "old", 1));
        Projection projection = Projection.of(former);
        Change change = former.hear(List.of(new Heard(new Heartbeat("s", "b", 2, at(2), Duration.ofSeconds(10), 1, 1, "c",
                Set.of(target("db"), target("new")), List.of(up(Kind.HOST, "db", 2), up(Kind.HOST, "new", 2))), at(2), false,
                0)), Policy.DEFAULT);
        Projection next = projection.next(change.next(), change.touched());
        assertThat(next.keys()).containsExactlyInAnyOrder(DB, new PhKey(false, "new"));
        assertThat(next.shown(new PhKey(false, "old"))).isNull();
        assertThat(next.shown(DB)).isEqualTo(new Shown(true, at(2)));
        assertThat(projection.next(former, Set.of()).keys()).isSameAs(projection.keys());
    }

    @Test
    void droppingByHandRetiresWhatIsKnown() {
        SourceState former = heard(up(Kind.HOST, "db", 1), up(Kind.HOST, "old", 1));
        Change change = former.retire(Set.of(target("old"), target("never")), at(5));
        assertThat(change.next().version()).isEqualTo(former.version() + 1);
        assertThat(change.next().targets()).containsOnlyKeys(target("db"));
        assertThat(change.retired()).isEqualTo(Map.of(target("old"), former.targets().get(target("old"))));
        assertThat(change.touched()).isEqualTo(change.seen()).containsOnly(target("old"));
        assertThat(change.transitions())
                .containsExactly(new Transition("s", target("old"), Health.UP, null, at(5), Reason.RETIRED, "by hand",
                        Duration.ofSeconds(4), Telling.NEWS));
        assertThat(former.retire(Set.of(target("never")), at(5)).isNone()).isTrue();
    }

    private static SourceState heard(Observation... observations) {
        return hear(SourceState.unheard("s"), 1, observations);
    }

    private static SourceState hear(SourceState state, long sequence, Observation... observations) {
        Instant newest = observations[observations.length - 1].at();
        return state.hear(List.of(new Heard(new Heartbeat("s", "b", sequence, newest, Duration.ofSeconds(10), 1, 1, null, null,
                List.of(observations)), newest, false, 0)), Policy.DEFAULT).next();
    }

    private static Target target(String name) {
        return new Target(Kind.HOST, name);
    }

    private static Observation up(Kind kind, String name, int second) {
        return new Observation(new Target(kind, name), Outcome.UP, at(second));
    }

    private static Observation down(Kind kind, String name, int second) {
        return new Observation(new Target(kind, name), Outcome.down(Reason.UNREACHABLE, "refused"), at(second));
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }
}
