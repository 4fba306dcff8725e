package dev.heartbeat.probe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * What does the management API say of each queue of one vhost? One request for all of them, where our user is shown all
 * consumers, else one for each; one more tells the queues that are missing from those that nobody listens to.
 */
final class Rollcall {
    private final ManagementApi api;
    private final String vhost;
    private final Set<String> queues;
    private final Deadline deadline;

    private record Said(String queue, QueueReply reply) {
    }

    Rollcall(ManagementApi api, String vhost, Set<String> queues, Deadline deadline) {
        this.api = api;
        this.vhost = vhost;
        this.queues = queues;
        this.deadline = deadline;
    }

    /** A reply for every queue, even when the API failed. */
    Uni<Map<String, QueueReply>> replies() {
        return deadline.bound(api.seesAllConsumers())
                .chain(seesAll -> seesAll ? together() : oneByOne())
                .chain(this::withTheRest)
                .onFailure(ManagementFailure.class).recoverWithItem(failure -> complete(Map.of(), failed(failure)));
    }

    private Uni<Map<String, QueueReply>> together() {
        return deadline.bound(api.consumers(vhost, queues))
                .chain(seen -> seen.isEmpty() ? unlessBlind() : Uni.createFrom().item(present(seen)));
    }

    /** Not one consumer is what a user sees that has lost its tag: before everything is called down, ask who we are. */
    private Uni<Map<String, QueueReply>> unlessBlind() {
        api.forgetUser();
        return deadline.bound(api.seesAllConsumers())
                .chain(seesAll -> seesAll ? Uni.createFrom().item(Map.of()) : oneByOne());
    }

    private static Map<String, QueueReply> present(Map<String, List<AttachedConsumer>> seen) {
        return seen.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new QueueReply.Present(entry.getValue())));
    }

    private Uni<Map<String, QueueReply>> oneByOne() {
        return Multi.createFrom().iterable(queues)
                .onItem().transformToUni(this::said).merge(ManagementLink.CONNECTIONS)
                .collect().asMap(Said::queue, Said::reply);
    }

    /** Nothing for a queue that is not found, as the vhost may be what is missing. */
    private Uni<Said> said(String queue) {
        return deadline.bound(api.consumers(vhost, queue))
                .map(consumers -> new Said(queue, new QueueReply.Present(consumers)))
                .onFailure(failure -> ManagementApi.is(failure, 404)).recoverWithNull()
                .onFailure(ManagementFailure.class).recoverWithItem(failure -> new Said(queue, failed(failure).apply(queue)));
    }

    private Uni<Map<String, QueueReply>> withTheRest(Map<String, QueueReply> known) {
        if (known.size() == queues.size()) {
            return Uni.createFrom().item(known);
        }
        return deadline.bound(api.queues(vhost))
                .map(Rollcall::existing)
                .onFailure(ManagementFailure.class).recoverWithItem(Rollcall::failed)
                .map(rest -> complete(known, rest));
    }

    private static Function<String, QueueReply> existing(Set<String> names) {
        return queue -> names.contains(queue) ? new QueueReply.Present(List.of()) : new QueueReply.Absent();
    }

    private static Function<String, QueueReply> failed(Throwable failure) {
        return queue -> new QueueReply.Failed(failure.getMessage());
    }

    private Map<String, QueueReply> complete(Map<String, QueueReply> known, Function<String, QueueReply> rest) {
        Map<String, QueueReply> all = new HashMap<>(known);
        queues.forEach(queue -> all.computeIfAbsent(queue, rest));
        return all;
    }
}
