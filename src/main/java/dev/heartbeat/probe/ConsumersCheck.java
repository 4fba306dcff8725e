package dev.heartbeat.probe;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.heartbeat.model.Pace;
import dev.heartbeat.model.QueueSpec;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;

/** Do the queues of a vhost have the consumers that they must have? */
final class ConsumersCheck implements Check {
    private final Vertx vertx;
    private final ManagementApi api;
    private final Function<QueueSpec, String> vhostOf;
    private final List<QueueSpec> specs;
    private final Map<String, Set<String>> queues;

    ConsumersCheck(Vertx vertx, ManagementApi api, Function<QueueSpec, String> vhostOf, List<QueueSpec> specs) {
        this.vertx = vertx;
        this.api = api;
        this.vhostOf = vhostOf;
        this.specs = List.copyOf(specs);
        this.queues = specs.stream().collect(Collectors.groupingBy(vhostOf,
                Collectors.mapping(QueueSpec::queue, Collectors.toUnmodifiableSet())));
    }

    List<QueueSpec> specs() {
        return specs;
    }

    boolean sharesTargetsWith(List<QueueSpec> others) {
        Set<Target> targets = targets();
        return others.stream().flatMap(spec -> spec.targets().stream()).anyMatch(targets::contains);
    }

    @Override
    public Set<Target> targets() {
        Set<Target> targets = new LinkedHashSet<>();
        specs.forEach(spec -> targets.addAll(spec.targets()));
        return targets;
    }

    /** The longest that any of its queues grants. */
    @Override
    public Duration timeout() {
        return specs.stream().map(spec -> spec.pace().timeout()).reduce(Duration.ZERO, (a, b) -> a.compareTo(b) < 0 ? b : a);
    }

    @Override
    public int retries() {
        return specs.stream().map(QueueSpec::pace).mapToInt(Pace::retries).max().orElse(0);
    }

    /**
     * Answers before the timeout, at which the runner would call all targets down: an API that hangs says nothing of them, and
     * what is known of other queues by then counts.
     */
    @Override
    public Uni<List<Finding>> ask() {
        return Uni.createFrom().deferred(() -> {
            Deadline asking = Deadline.in(timeout().multipliedBy(8).dividedBy(10));
            Deadline judging = Deadline.in(timeout().multipliedBy(9).dividedBy(10));
            return replies(asking).chain(replies -> judged(replies, judging));
        });
    }

    private Uni<Map<String, Map<String, QueueReply>>> replies(Deadline deadline) {
        List<String> vhosts = List.copyOf(queues.keySet());
        List<Uni<Map<String, QueueReply>>> rollcalls = vhosts.stream()
                .map(vhost -> new Rollcall(api, vhost, queues.get(vhost), deadline).replies()).toList();
        return Uni.join().all(rollcalls).andFailFast().map(replies -> {
            Map<String, Map<String, QueueReply>> byVhost = new HashMap<>();
            vhosts.forEach(vhost -> byVhost.put(vhost, replies.get(byVhost.size())));
            return byVhost;
        });
    }

    /** On a worker, because regexes may be many and costly. */
    private Uni<List<Finding>> judged(Map<String, Map<String, QueueReply>> replies, Deadline deadline) {
        return UniHelper.toUni(vertx.executeBlocking(() -> Attendance.judge(specs,
                spec -> replies.get(vhostOf.apply(spec)).get(spec.queue()), deadline::passed), false));
    }
}
