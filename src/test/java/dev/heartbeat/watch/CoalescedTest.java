package dev.heartbeat.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

class CoalescedTest {
    private final Deque<UniEmitter<? super Void>> running = new ArrayDeque<>();
    private int begun;
    private final Coalesced work = new Coalesced(() -> {
        begun++;
        return Uni.createFrom().<Void> emitter(emitter -> running.add(emitter));
    });

    private UniAssertSubscriber<Void> run() {
        return work.run().subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void whatIsAskedForInTheMiddleIsDoneOnceMoreAfterwardsAndByNobodyElse() {
        UniAssertSubscriber<Void> first = run();
        run().assertCompleted();
        run().assertCompleted();
        assertThat(begun).isEqualTo(1);
        running.remove().complete(null);
        assertThat(begun).isEqualTo(2);
        first.assertNotTerminated();
        running.remove().complete(null);
        first.assertCompleted();
        assertThat(begun).isEqualTo(2);
    }

    @Test
    void whatIsAskedForLaterIsDoneAnew() {
        run();
        running.remove().complete(null);
        UniAssertSubscriber<Void> second = run();
        assertThat(begun).isEqualTo(2);
        running.remove().complete(null);
        second.assertCompleted();
    }

    @Test
    void aFailureIsToldAndEndsNothingForEver() {
        UniAssertSubscriber<Void> first = run();
        run();
        running.remove().fail(new IllegalStateException("away"));
        first.assertFailedWith(IllegalStateException.class, "away");
        run();
        assertThat(begun).isEqualTo(2);
    }

    @Test
    void nothingIsDoneBeforeSomebodyWantsIt() {
        work.run();
        assertThat(begun).isZero();
    }
}
