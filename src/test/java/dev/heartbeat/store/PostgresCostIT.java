package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.down;
import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.Beats.up;
import static dev.heartbeat.store.StateStoreContract.PATIENCE;
import static dev.heartbeat.store.StateStoreContract.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Observation;
import dev.heartbeat.services.PostgresServer;
import dev.heartbeat.services.Relay;
import dev.heartbeat.services.Relay.Gates;

/** What does a change cost? */
class PostgresCostIT {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final PostgresFixture POSTGRES = new PostgresFixture(SERVER);
    private static final int TARGETS = 10_000;

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger answers = new AtomicInteger();
    private final Relay relay = Relay.to(SERVER.port(), () -> new Gates((some, on) -> {
        bytes.addAndGet(some.length);
        on.write(some);
    }, (some, on) -> {
        answers.incrementAndGet();
        on.write(some);
    }));
    private final Beats beats = new Beats("s");
    private final PostgresStore store = POSTGRES.store(POSTGRES.address(relay.port()), PATIENCE);

    @BeforeEach
    void beginEmpty() {
        POSTGRES.empty();
    }

    @Test
    void aRoundWithOneChangeAmongTenThousandWritesLittle() {
        get(store.update("s", hear(beats.say(1, round(TARGETS, 1, -1)))));
        get(store.update("s", hear(beats.say(2, round(TARGETS, 2, -1)))));
        bytes.set(0);
        answers.set(0);
        get(store.update("s", hear(beats.say(63, round(TARGETS, 63, 77)))));
        assertThat(bytes).hasValueBetween(200, 2_048);
        assertThat(answers).as("answers to one question").hasValue(1);
        assertThat(POSTGRES.ask("select field from heartbeat_fields where version = 3").toString())
                .contains("host:t77").hasSizeLessThan(200);
        assertThat(POSTGRES.number("select count(*) from heartbeat_fields where version = 3"))
                .as("the target, its hour, and the hour of the group").isLessThanOrEqualTo(3);
        assertThat(POSTGRES.number("select octet_length(head) from heartbeat_sources")).isLessThan(1_024);
    }

    @Test
    void aRoundInWhichNothingHappensWritesTheHeadAlone() {
        get(store.update("s", hear(beats.say(1, round(TARGETS, 1, -1)))));
        get(store.update("s", hear(beats.say(2, round(TARGETS, 2, -1)))));
        bytes.set(0);
        get(store.update("s", hear(beats.say(3, round(TARGETS, 3, -1)))));
        assertThat(bytes).hasValueBetween(100, 1_024);
        assertThat(POSTGRES.number("select count(*) from heartbeat_fields where version = 3")).isZero();
    }

    @Test
    void whoLagsBehindIsToldWhatChangedAndNotTheRest() {
        get(store.update("s", hear(beats.say(1, round(TARGETS, 1, -1)))));
        PostgresStore other = POSTGRES.store();
        get(other.refresh());
        get(other.update("s", hear(beats.say(2, round(TARGETS, 2, 77)))));
        AtomicLong told = new AtomicLong();
        Relay ear = Relay.to(SERVER.port(), () -> new Gates(Gates.open().toService(), (some, on) -> {
            told.addAndGet(some.length);
            on.write(some);
        }));
        PostgresStore third = POSTGRES.store(POSTGRES.address(ear.port()), PATIENCE);
        get(third.refresh());
        get(other.update("s", hear(beats.say(3, round(TARGETS, 3, -1)))));
        told.set(0);
        get(third.refresh());
        assertThat(told).hasValueBetween(200, 4_096);
        StateStoreContract.assertSame(StateStoreContract.one(third.known()), StateStoreContract.one(other.known()));
        ear.close();
    }

    @Test
    void aBatchIsOneQuestion() {
        get(store.update("s", hear(beats.say(0, round(50, 0, -1)))));
        List<Heard> batch = new ArrayList<>();
        for (int second = 1; second <= 300; second++) {
            batch.add(beats.say(second, round(50, second, second % 50)));
        }
        answers.set(0);
        get(store.update("s", hear(batch)));
        assertThat(answers).hasValue(1);
    }

    private static List<Observation> round(int targets, int second, int bad) {
        List<Observation> round = new ArrayList<>(targets);
        for (int i = 0; i < targets; i++) {
            round.add(i == bad ? down(host("t" + i), second) : up(host("t" + i), second));
        }
        return round;
    }
}
