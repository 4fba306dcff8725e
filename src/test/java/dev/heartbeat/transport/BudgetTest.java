package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {
    private final Budget budget = new Budget(1000, 10);

    @Test
    void takesAsManyBytesAsThereIsRoom() {
        assertThat(budget.take(600)).isTrue();
        assertThat(budget.take(401)).isFalse();
        assertThat(budget.take(400)).isTrue();
        assertThat(budget.bytes()).isEqualTo(1000);
    }

    @Test
    void takesAsManyAsThereIsRoom() {
        for (int i = 0; i < 10; i++) {
            assertThat(budget.take(0)).isTrue();
        }
        assertThat(budget.take(0)).isFalse();
        assertThat(budget.room()).isZero();
    }

    @Test
    void whatIsLargerThanAllRoomIsTakenAlone() {
        assertThat(budget.take(5000)).isTrue();
        assertThat(budget.take(1)).isFalse();
        budget.give(5000);
        assertThat(budget.take(1)).isTrue();
        assertThat(budget.take(5000)).isFalse();
    }

    @Test
    void goesOnWhenHalfIsFreeAndTheNextFits() {
        budget.take(500);
        assertThat(budget.isHalfFreeFor(500)).isTrue();
        assertThat(budget.isHalfFreeFor(501)).isFalse();
        budget.take(1);
        assertThat(budget.isHalfFreeFor(0)).isFalse();
        budget.give(500);
        budget.give(1);
        assertThat(budget.isHalfFreeFor(5000)).isTrue();
    }
}
