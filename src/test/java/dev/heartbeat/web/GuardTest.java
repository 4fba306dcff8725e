package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;

class GuardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final Guard guard = new Guard(() -> "100ms");
    /** For who is to be heard, also on a machine that stalls. */
    private final Guard patient = new Guard(() -> "20s");
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void end() {
        release.countDown();
        guard.end();
        patient.end();
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(PATIENCE);
    }

    /** Blocks until it is released. */
    private Supplier<Uni<String>> hanging() {
        return () -> {
            calls.incrementAndGet();
            waitFor(release);
            return Uni.createFrom().item("late");
        };
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoAnswersIsHeard() {
        assertThat(answer(patient.ask("a", () -> Uni.createFrom().item("fine")))).isEqualTo("fine");
    }

    @Test
    void whoBlocksIsOverdueAndWhoAsksMeanwhileIsToldAtOnce() {
        Guard slower = new Guard(() -> "2s");
        assertThatThrownBy(() -> answer(slower.ask("a", hanging()))).isInstanceOf(OverdueException.class)
                .hasMessage("no answer within 2s");
        assertThatThrownBy(() -> answer(slower.ask("a", hanging()))).isInstanceOf(OverdueException.class)
                .hasMessageMatching("no answer within 2s: asked at \\S+Z, it hangs");
        await().atMost(PATIENCE).untilAtomic(calls, greaterThan(0));
        assertThat(calls).hasValue(1);
        slower.end();
    }

    @Test
    void whoNeverAnswersIsOverdueToo() {
        assertThatThrownBy(() -> answer(guard.ask("a", () -> Uni.createFrom().nothing())))
                .isInstanceOf(OverdueException.class);
    }

    @Test
    void whoComesBackIsAskedAgain() {
        assertThatThrownBy(() -> answer(guard.ask("a", hanging()))).isInstanceOf(OverdueException.class);
        release.countDown();
        await().atMost(PATIENCE).ignoreException(OverdueException.class)
                .until(() -> answer(guard.ask("a", () -> Uni.createFrom().item("back"))).equals("back"));
    }

    /** What is lost without a word must not be lost for ever. */
    @Test
    void whoHangsIsAskedAgainAfterAWhile() {
        assertThatThrownBy(() -> answer(guard.ask("a", hanging()))).isInstanceOf(OverdueException.class);
        await().atMost(PATIENCE).ignoreException(OverdueException.class)
                .until(() -> answer(guard.ask("a", () -> Uni.createFrom().item("back"))).equals("back"));
        assertThat(release.getCount()).isEqualTo(1);
    }

    @Test
    void whoAsksAtTheSameTimeSharesTheAnswer() {
        CompletableFuture<String> later = new CompletableFuture<>();
        Uni<String> slow = patient.ask("a", () -> {
            calls.incrementAndGet();
            return Uni.createFrom().completionStage(later);
        });
        var all = Uni.join().all(slow, slow, slow).andFailFast().subscribeAsCompletionStage();
        later.complete("once");
        assertThat(all).succeedsWithin(PATIENCE).isEqualTo(List.of("once", "once", "once"));
        assertThat(calls).hasValue(1);
    }

    @Test
    void whoGivesUpTakesTheAnswerFromNobody() {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> later = new CompletableFuture<>();
        Uni<String> slow = patient.ask("a", () -> {
            begun.countDown();
            return Uni.createFrom().completionStage(later);
        });
        var other = slow.subscribe().asCompletionStage();
        waitFor(begun);
        slow.subscribe().with(any -> {
        }).cancel();
        later.complete("fine");
        assertThat(other).succeedsWithin(PATIENCE).isEqualTo("fine");
    }

    /** Each waits for the others, so one after the other they would never end. */
    @Test
    void allAreAskedSideBySide() {
        CyclicBarrier together = new CyclicBarrier(30);
        List<Uni<String>> asked = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            asked.add(patient.ask(new Object(), () -> {
                try {
                    together.await(20, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                return Uni.createFrom().item("met");
            }));
        }
        assertThat(answer(Uni.join().all(asked).andFailFast())).hasSize(30).containsOnly("met");
    }

    @Test
    void anErrorIsAnAnswerToo() {
        assertThatThrownBy(() -> answer(patient.ask("a", () -> {
            throw new NoClassDefFoundError("driver");
        }))).hasRootCauseInstanceOf(NoClassDefFoundError.class).satisfies(
                failure -> assertThat(Guard.words(failure.getCause())).isEqualTo("NoClassDefFoundError: driver"));
    }

    /** Made anew for each question: one that hangs can't be known by itself. */
    @Test
    void thoseThatAreMadeAnewDoNotPileUp() {
        Guard hasty = new Guard(() -> "10ms");
        for (int i = 0; i < 10 * Inquiry.AT_MOST; i++) {
            Object fresh = new Object();
            assertThatThrownBy(() -> answer(hasty.ask(fresh, hanging()))).isInstanceOf(OverdueException.class);
        }
        await().atMost(PATIENCE).untilAtomic(calls, greaterThan(0));
        assertThat(calls.get()).isBetween(1, Inquiry.AT_MOST);
        hasty.end();
    }
}
