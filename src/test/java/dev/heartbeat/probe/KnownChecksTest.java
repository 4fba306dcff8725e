package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.HealthAnswer;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import dev.heartbeat.services.Warnings;

/** Which checks does an endpoint have, when its answers do not always name the same? */
class KnownChecksTest {
    private static final Target PORTAL = target("portal");
    private static final Outcome ABSENT = Outcome.down(Reason.MISSING, "the answer does not name it any more");
    private static final Outcome UNTOLD = Outcome.unknown(Reason.MISSING,
            "the answer, which says that not all is well, does not name it");

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final KnownChecks known = new KnownChecks(PORTAL, () -> now);

    private static Target target(String name) {
        return new Target(Kind.HEALTH, name);
    }

    private static HealthAnswer naming(String... checks) {
        Map<String, Outcome> named = new LinkedHashMap<>();
        List.of(checks).forEach(check -> named.put(check, Outcome.UP));
        return new HealthAnswer(Outcome.UP, named);
    }

    private static String[] many(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
    }

    private Map<Target, Outcome> up(String... checks) {
        return known.learn(naming(checks), true);
    }

    private Map<Target, Outcome> down(String... checks) {
        return known.learn(naming(checks), false);
    }

    @Test
    void beforeAnAnswerThereMayBeAnyChecks() {
        assertThat(known.targets()).containsExactly(PORTAL);
        assertThat(known.discovered()).containsExactly(target("portal/"));
    }

    @Test
    void whatAnAnswerNamesIsKnownInItsOrder() {
        assertThat(up("b", "a")).containsExactly(entry(target("portal/b"), Outcome.UP), entry(target("portal/a"), Outcome.UP));
        assertThat(known.targets()).containsExactly(PORTAL, target("portal/b"), target("portal/a"));
        assertThat(known.discovered()).containsExactlyInAnyOrder(target("portal/b"), target("portal/a"));
    }

    @Test
    void anEndpointThatIsNotUpMayHaveMoreThanItNames() {
        down("a");

        assertThat(known.discovered()).containsExactlyInAnyOrder(target("portal/a"), target("portal/"));
    }

    @Test
    void whatAGoodAnswerLeavesOutIsMissing() {
        up("a", "b");

        assertThat(up("b")).containsExactly(entry(target("portal/a"), ABSENT), entry(target("portal/b"), Outcome.UP));
    }

    @Test
    void whatAnAnswerThatIsNotGoodLeavesOutIsNobodysWord() {
        up("a", "b");

        assertThat(down("b")).containsEntry(target("portal/a"), UNTOLD);
    }

    @Test
    void whatComesBackIsAsBefore() {
        up("a");
        up();
        now = now.plus(KnownChecks.ABSENCE.minusSeconds(1));

        assertThat(up("a")).containsExactly(entry(target("portal/a"), Outcome.UP));
        assertThat(up()).containsExactly(entry(target("portal/a"), ABSENT));
    }

    @Test
    void whatWasAbsentForAnHourIsNoMore() {
        up("a", "b");
        up("b");
        now = now.plus(KnownChecks.ABSENCE);

        assertThat(up("b")).containsOnlyKeys(target("portal/b"));
        assertThat(known.discovered()).containsExactly(target("portal/b"));
    }

    /** A program that has been down for a day has no check less for that. */
    @Test
    void anEndpointThatIsNotUpTakesNoCheckOut() {
        up("a");
        down();
        now = now.plus(Duration.ofDays(1));

        assertThat(down()).containsExactly(entry(target("portal/a"), UNTOLD));
        assertThat(up()).containsExactly(entry(target("portal/a"), ABSENT));
    }

    @Test
    void ofTwoThatAreWrittenAlikeTheWorseCounts() {
        HealthAnswer answer = new HealthAnswer(Outcome.UP, Map.of("a", Outcome.UP, " a ", ABSENT, " ", ABSENT));

        assertThat(known.learn(answer, true)).containsExactly(entry(target("portal/a"), ABSENT));
    }

    @Test
    void soManyAreWatchedAndThoseThatAreKnownStay() {
        up("n1999");
        Warnings warnings = new Warnings(KnownChecks.class);
        try {
            up(many("n", 2_000));
            up(many("n", 2_000));

            assertThat(known.checks()).hasSize(KnownChecks.MOST).contains(target("portal/n1999"), target("portal/n998"));
            assertThat(warnings.told()).containsExactly("health portal names more checks than the 1000 that are watched of one"
                    + " endpoint: 1000 are left out");
        } finally {
            warnings.close();
        }
    }

    @Test
    void whatIsNamedHasRoomBeforeWhatIsMissing() {
        up(many("a", 800));

        Map<Target, Outcome> outcomes = up(many("b", 800));

        assertThat(outcomes).hasSize(KnownChecks.MOST);
        assertThat(outcomes.values().stream().filter(outcome -> outcome.health() == Health.UP)).hasSize(800);
        assertThat(up(many("b", 800)).keySet()).isEqualTo(outcomes.keySet());
    }
}
