package dev.heartbeat.probe;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

import dev.heartbeat.model.HostSpec;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

/** Do all addresses of one target accept? PH allows a name more than once: the worst of its addresses counts. */
final class TcpCheck implements Check {
    private final Target target;
    private final List<HostSpec> specs;
    private final Uni<TcpAnswer> question;

    TcpCheck(Target target, List<HostSpec> specs, BiFunction<String, Integer, Uni<TcpAnswer>> connect) {
        this.target = target;
        this.specs = specs;
        List<Uni<TcpAnswer>> questions = specs.stream()
                .map(spec -> connect.apply(spec.host(), spec.port()))
                .toList();
        this.question = questions.size() == 1 ? questions.get(0)
                : Uni.join().all(questions).andFailFast().map(TcpAnswer::worst);
    }

    @Override
    public Set<Target> targets() {
        return Set.of(target);
    }

    @Override
    public Duration timeout() {
        return specs.stream().map(spec -> spec.pace().timeout()).max(Comparator.naturalOrder()).orElseThrow();
    }

    @Override
    public int retries() {
        return specs.stream().mapToInt(spec -> spec.pace().retries()).max().orElse(0);
    }

    @Override
    public Uni<List<Finding>> ask() {
        return question.map(answer -> List.of(new Finding(target, answer.outcome(), answer.latency(), null)));
    }
}
