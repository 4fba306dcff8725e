package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacingTest {
    private final Pacing pacing = new Pacing(8 << 20, 500);

    private void saw(int count, long size) {
        for (int i = 0; i < count; i++) {
            pacing.saw(size);
        }
    }

    @Test
    void beginsWithAFew() {
        assertThat(pacing.change(500)).isEqualTo(50);
        assertThat(new Pacing(8 << 20, 20).change(20)).isEqualTo(20);
    }

    @Test
    void growsForSmallOnesAfterAWhile() {
        pacing.change(500);
        saw(31, 5_000);
        assertThat(pacing.wantsChange()).isFalse();
        saw(1, 5_000);
        assertThat(pacing.wantsChange()).isTrue();
        assertThat(pacing.change(500)).isEqualTo(500);
        saw(1000, 5_000);
        assertThat(pacing.wantsChange()).isFalse();
    }

    @Test
    void shrinksForLargeOnesSoon() {
        pacing.change(500);
        saw(8, 500_000);
        assertThat(pacing.wantsChange()).isTrue();
        assertThat(pacing.change(500)).isEqualTo(12);
        saw(32, 500_000);
        assertThat(pacing.wantsChange()).isFalse();
    }

    @Test
    void neverAsksForMoreThanThereIsRoomNorForNone() {
        pacing.change(500);
        saw(32, 10);
        assertThat(pacing.change(100)).isEqualTo(100);
        saw(32, 100L << 20);
        assertThat(pacing.change(100)).isOne();
    }
}
