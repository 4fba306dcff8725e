package dev.heartbeat.probe;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Answers what the test says; without {@link #answering} it waits for the test to answer a try. */
final class FakeCheck implements Check {
    static final Outcome DOWN = Outcome.down(Reason.UNREACHABLE, "refused");

    final List<UniEmitter<? super List<Finding>>> tries = new CopyOnWriteArrayList<>();
    final List<Integer> cancelled = new CopyOnWriteArrayList<>();
    private final Set<Target> targets = new LinkedHashSet<>();
    private Supplier<Uni<List<Finding>>> answer = this::await;
    private Duration timeout = Duration.ofSeconds(5);
    private int retries;

    FakeCheck(String... names) {
        Stream.of(names).map(FakeCheck::target).forEach(targets::add);
    }

    static Target target(String name) {
        return new Target(Kind.HOST, name);
    }

    static Finding finding(String name, Outcome outcome) {
        return new Finding(target(name), outcome);
    }

    FakeCheck answering(Supplier<Uni<List<Finding>>> answer) {
        this.answer = answer;
        return this;
    }

    /** Is up in the very call that asks. */
    FakeCheck up() {
        return answering(() -> Uni.createFrom().item(Finding.ofAll(this, Outcome.UP)));
    }

    FakeCheck timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    FakeCheck retries(int retries) {
        this.retries = retries;
        return this;
    }

    /** Answers the given try, the first being 0, for all targets. */
    void answer(int attempt, Outcome outcome) {
        tries.get(attempt).complete(Finding.ofAll(this, outcome));
    }

    private Uni<List<Finding>> await() {
        int attempt = tries.size();
        Uni<List<Finding>> answered = Uni.createFrom().emitter(tries::add);
        return answered.onCancellation().invoke(() -> cancelled.add(attempt));
    }

    @Override
    public Set<Target> targets() {
        return targets;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public int retries() {
        return retries;
    }

    @Override
    public Uni<List<Finding>> ask() {
        return answer.get();
    }
}
