package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

class BodyBudgetTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final BodyBudget budget = new BodyBudget(100);
    private final List<String> admitted = new ArrayList<>();

    @Test
    void whoFitsIsAdmittedAtOnce() {
        hold("a", 60);
        hold("b", 40);

        assertThat(admitted).containsExactly("a", "b");
    }

    @Test
    void whoDoesNotFitWaitsForWhoeverEnds() {
        Cancellable first = hold("a", 60);
        hold("b", 60);

        first.cancel();

        assertThat(admitted).containsExactly("a", "b");
    }

    @Test
    void nobodyOvertakes() {
        Cancellable first = hold("a", 60);
        hold("b", 60);
        hold("c", 10);
        assertThat(admitted).containsExactly("a");

        first.cancel();

        assertThat(admitted).containsExactly("a", "b", "c");
    }

    @Test
    void whoGivesUpWaitingMakesWay() {
        hold("a", 60);
        Cancellable waiting = hold("b", 60);
        hold("c", 10);

        waiting.cancel();

        assertThat(admitted).containsExactly("a", "c");
    }

    @Test
    void whoFailsGivesItsRoomBack() {
        budget.within(100, LONG, Uni.createFrom().failure(new IllegalStateException())).onFailure().recoverWithNull()
                .await().atMost(LONG);

        hold("a", 100);

        assertThat(admitted).containsExactly("a");
    }

    @Test
    void whoNeedsMoreThanThereIsGetsAll() {
        hold("a", 1_000);

        assertThat(admitted).containsExactly("a");
    }

    @Test
    void patienceEnds() {
        hold("a", 100);

        assertThatThrownBy(() -> budget.within(1, Duration.ofMillis(20), Uni.createFrom().voidItem()).await().atMost(LONG))
                .isInstanceOf(NoRoomException.class);
    }

    private Cancellable hold(String name, int bytes) {
        return budget.within(bytes, LONG, Uni.createFrom().nothing().onSubscription().invoke(() -> admitted.add(name)))
                .subscribe().with(item -> {
                }, failure -> {
                });
    }
}
