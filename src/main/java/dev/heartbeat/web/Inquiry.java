package dev.heartbeat.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import dev.heartbeat.model.Durations;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.InjectableContext.ContextState;
import io.quarkus.arc.ManagedContext;
import io.smallrye.mutiny.Uni;

/** Who is being asked already, how long ago, and when may the question be put again? */
final class Inquiry<T> {
    /** So many calls of one may hang. */
    static final int AT_MOST = 8;
    /** So many times longer than the last time is waited before it is asked again. */
    private static final int PATIENCE = 4;

    private final Duration limit;
    private final Executor threads;
    private final InstantSource clock = InstantSource.system();
    private Call<T> newest;
    private int running;
    /** Whom it is about, while a call is under way: until then it must not be forgotten. */
    private Object whom;

    private record Call<T>(CompletableFuture<T> answer, Instant at, long began) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - began);
        }
    }

    Inquiry(Duration limit, Executor threads) {
        this.limit = limit;
        this.threads = threads;
    }

    /** Whether somebody was asked and has not answered in time. */
    synchronized boolean hangs() {
        return newest != null && !newest.answer.isDone() && newest.age().compareTo(limit) >= 0;
    }

    /** The answer of a call that is under way, else of a new one; a failure where a call hangs. */
    synchronized Uni<T> answer(Object asked, Supplier<Uni<T>> question) {
        if (newest == null || newest.answer.isDone() || mayBeAskedAgain()) {
            whom = asked;
            newest = begin(question);
        }
        Call<T> call = newest;
        Duration left = limit.minus(call.age());
        if (left.isNegative() || left.isZero()) {
            return Uni.createFrom().failure(new OverdueException("no answer within " + Durations.words(limit) + ": asked at "
                    + call.at.truncatedTo(ChronoUnit.SECONDS) + ", it hangs"));
        }
        // A copy, because who gives up must not take the answer from the others. The timer counts whole milliseconds: rounded
        // up, so that who is called overdue is.
        return Uni.createFrom().completionStage(call.answer::copy)
                .ifNoItem().after(Duration.ofMillis(left.toMillis() + 1))
                .failWith(() -> new OverdueException("no answer within " + Durations.words(limit)));
    }

    private boolean mayBeAskedAgain() {
        return running < AT_MOST && newest.age().compareTo(limit.multipliedBy((long) Math.pow(PATIENCE, running))) > 0;
    }

    private Call<T> begin(Supplier<Uni<T>> question) {
        Call<T> call = new Call<>(new CompletableFuture<>(), clock.instant(), System.nanoTime());
        running++;
        call.answer.whenComplete((answer, failure) -> ended());
        threads.execute(() -> put(question, call.answer));
        return call;
    }

    private synchronized void ended() {
        running--;
        if (running == 0) {
            whom = null;
        }
    }

    /** In a request of its own, because what is asked may use what lives as long as one; it ends with the answer. */
    private static <T> void put(Supplier<Uni<T>> question, CompletableFuture<T> answer) {
        ArcContainer container = Arc.container();
        ManagedContext request = container == null ? null : container.requestContext();
        ContextState state = request == null ? null : request.activate();
        try {
            if (state != null) {
                answer.whenComplete((any, failure) -> request.destroy(state));
            }
            question.get().subscribe().with(answer::complete, answer::completeExceptionally);
        } catch (Throwable anything) {
            // Errors too: a class that is missing in a check is a check that failed.
            answer.completeExceptionally(anything);
        } finally {
            if (request != null) {
                request.deactivate();
            }
        }
    }
}
