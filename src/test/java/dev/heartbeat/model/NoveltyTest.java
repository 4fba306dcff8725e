package dev.heartbeat.model;

import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoveltyTest {
    private SourceState state = SourceState.unheard(SourceState.DEFAULT_SOURCE);

    /** The instants, in seconds, of what was new among these, heard in one batch. */
    private List<Double> hear(Saying... sayings) {
        List<Heard> heard = Arrays.stream(sayings).map(Saying::heard).toList();
        Change change = state.hear(heard, Policy.DEFAULT);
        state = change.next();
        return Novelty.of(change, heard, Policy.DEFAULT).stream().map(Novelty::at)
                .map(instant -> Duration.between(at(0), instant).toMillis() / 1e3).toList();
    }

    @Test
    void whatComesInOrderIsNew() {
        assertThat(hear(ours("a", 1, 0, up("x")))).containsExactly(0.0);
        assertThat(hear(ours("a", 2, 10, up("x")), ours("a", 3, 20, down("x")))).containsExactly(10.0, 20.0);
    }

    @Test
    void whatComesAgainIsNotNewInItsBatchNorLater() {
        assertThat(hear(ours("a", 1, 0, up("x")), ours("a", 2, 10, up("x")), ours("a", 1, 0, up("x")),
                ours("a", 2, 10, up("x")))).containsExactly(0.0, 10.0);
        assertThat(hear(ours("a", 2, 10, up("x")))).isEmpty();
        assertThat(hear(ours("a", 1, 0, up("x")), ours("a", 2, 10, up("x")), ours("a", 3, 20, up("x"))))
                .containsExactly(20.0);
    }

    @Test
    void eachGroupHasAnOrderOfItsOwn() {
        assertThat(hear(ours("a", 5, 50, up("x")))).hasSize(1);
        assertThat(hear(ours("a", 4, 40, up("y")).every(60))).containsExactly(40.0);
        assertThat(hear(ours("a", 4, 40, up("y")).every(60), ours("a", 6, 60, up("x")))).containsExactly(60.0);
    }

    @Test
    void whatComesAgainFromBeforeARestartIsNotNew() {
        hear(ours("a", 7, 70, up("x")));
        assertThat(hear(ours("b", 1, 80, up("x")))).containsExactly(80.0);
        assertThat(hear(ours("a", 7, 70, up("x")).receivedAt(90), ours("b", 2, 90, up("x")))).containsExactly(90.0);
    }

    @Test
    void bodiesWithoutBootAreToldApartByWhatTheySay() {
        assertThat(hear(ph(0, up("x")), ph(0, up("x")), ph(0, up("y")))).hasSize(2);
        assertThat(hear(ph(0, up("y")), ph(60, up("x")))).containsExactly(60.0);
    }

    @Test
    void theInstantIsOnOurClock() {
        assertThat(hear(ours("a", 1, 0, up("x")).byClockAhead(7_200))).containsExactly(0.0);
        assertThat(hear(ours("a", 2, 10, up("x")).byClockAhead(7_200))).containsExactly(10.0);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aTargetHasAnsweredOnlyWhereAnAnswerCame(Reason reason) {
        Observation seen = new Observation(Saying.host("x"), Outcome.down(reason, null), Instant.EPOCH, Duration.ofMillis(3),
                null);
        boolean answered = List.of("EXPIRING", "REJECTED", "MISMATCH", "UNHEALTHY", "SLOW", "TOO_COSTLY")
                .contains(reason.name());
        assertThat(seen.answeredAfter()).isEqualTo(answered ? Duration.ofMillis(3) : null);
    }
}
