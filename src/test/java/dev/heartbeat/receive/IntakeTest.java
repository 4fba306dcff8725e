package dev.heartbeat.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

class IntakeTest {
    private final List<Integer> batches = new ArrayList<>();
    private final List<UniEmitter<? super Void>> writing = new ArrayList<>();
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final Intake intake = new Intake(this::take, work::add);
    private long requested;

    private Uni<Void> take(List<Message<byte[]>> messages) {
        batches.add(messages.size());
        return Uni.createFrom().emitter(writing::add);
    }

    private void arrive(int count, int bytes) {
        IntStream.range(0, count).forEach(i -> intake.onNext(Message.of(new byte[bytes])));
        run();
    }

    private void written() {
        writing.remove(0).complete(null);
        run();
    }

    private void run() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    private void subscribe() {
        intake.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                requested += count;
            }

            @Override
            public void cancel() {
                throw new AssertionError("cancelled");
            }
        });
    }

    @Test
    void theFirstIsTakenAtOnce() {
        subscribe();
        arrive(1, 10);
        assertThat(batches).containsExactly(1);
    }

    @Test
    void whatComesDuringAWriteIsTakenTogetherAfterIt() {
        subscribe();
        arrive(1, 10);
        arrive(40, 10);
        assertThat(batches).containsExactly(1);
        written();
        assertThat(batches).containsExactly(1, 40);
    }

    @Test
    void aBatchIsBoundedByCount() {
        subscribe();
        arrive(1, 1);
        arrive(Intake.MOST_COUNT + 5, 1);
        written();
        written();
        assertThat(batches).containsExactly(1, Intake.MOST_COUNT, 5);
    }

    @Test
    void aFullBatchNeedNotWaitForTheFormerOnesAndARestDoes() {
        subscribe();
        arrive(1, 1);
        arrive(2 * Intake.MOST_COUNT + 5, 1);
        assertThat(batches).containsExactly(1, Intake.MOST_COUNT, Intake.MOST_COUNT);
        written();
        written();
        assertThat(batches).hasSize(3);
        written();
        assertThat(batches).endsWith(5);
    }

    @Test
    void noMoreBatchesThanThereAreStepsAreTakenAtOnce() {
        subscribe();
        arrive(10 * Intake.MOST_COUNT, 1);
        assertThat(batches).hasSize(Intake.MOST_BATCHES);
        written();
        assertThat(batches).hasSize(Intake.MOST_BATCHES + 1);
    }

    @Test
    void aBatchIsBoundedByBytes() {
        subscribe();
        arrive(1, 1);
        arrive(3, (int) (Intake.MOST_BYTES / 2));
        written();
        written();
        assertThat(batches).containsExactly(1, 2, 1);
    }

    @Test
    void aMessageLargerThanABatchIsTakenAlone() {
        subscribe();
        arrive(1, (int) Intake.MOST_BYTES + 1);
        assertThat(batches).containsExactly(1);
    }

    @Test
    void demandIsWhatWasSettled() {
        subscribe();
        assertThat(requested).isEqualTo(Intake.MOST_BATCHES * Intake.MOST_COUNT);
        arrive(1, 1);
        arrive(7, 1);
        written();
        written();
        assertThat(requested).isEqualTo(Intake.MOST_BATCHES * Intake.MOST_COUNT + 8);
    }
}
