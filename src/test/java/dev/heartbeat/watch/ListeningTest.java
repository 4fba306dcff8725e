package dev.heartbeat.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.watch.Listening.Leg;

class ListeningTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final Listening listening = new Listening();
    private Instant now = START;
    private long nanos;

    private void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
        listening.tick(now, nanos);
    }

    private void passSeconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            pass(Duration.ofSeconds(1));
        }
    }

    @BeforeEach
    void start() {
        listening.tick(now, nanos);
    }

    @Test
    void nobodyListensBeforeLinkAndStoreWork() {
        listening.hears(Leg.LINK, now);
        assertThat(listening.since()).isNull();
    }

    @Test
    void listeningBeginsWithTheLastLeg() {
        listening.hears(Leg.STORE, now);
        passSeconds(3);
        listening.hears(Leg.LINK, now);
        passSeconds(2);
        assertThat(listening.since()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void aLegThatGoesOnWorkingChangesNothing() {
        listening.hears(Leg.STORE, now);
        listening.hears(Leg.LINK, now);
        passSeconds(4);
        listening.hears(Leg.STORE, now);
        assertThat(listening.since()).isEqualTo(START);
    }

    @Test
    void aLostLinkIsDeafness() {
        listening.hears(Leg.STORE, now);
        listening.hears(Leg.LINK, now);
        listening.deaf(Leg.LINK);
        assertThat(listening.since()).isNull();
    }

    @Test
    void listeningBeginsAnewAfterDeafness() {
        listening.hears(Leg.STORE, now);
        listening.hears(Leg.LINK, now);
        passSeconds(10);
        listening.deaf(Leg.STORE);
        passSeconds(10);
        listening.hears(Leg.STORE, now);
        assertThat(listening.since()).isEqualTo(START.plusSeconds(20));
    }

    @Test
    void aProcessThatStoodStillCouldNotHear() {
        listening.hears(Leg.STORE, now);
        listening.hears(Leg.LINK, now);
        pass(Duration.ofHours(1));
        assertThat(listening.since()).isEqualTo(START.plus(Duration.ofHours(1)));
    }
}
