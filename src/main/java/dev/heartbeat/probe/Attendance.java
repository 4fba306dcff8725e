package dev.heartbeat.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.QueueSpec;
import dev.heartbeat.model.Target;

/**
 * Does each queue have the consumers that it must have? A target that several entries name is as bad as its worst part. A
 * queue that nobody must listen to is up when it exists; PH says so even of one that does not.
 */
final class Attendance {
    private final Map<Target, List<Part>> parts = new LinkedHashMap<>();
    private final BooleanSupplier overdue;

    private Attendance(BooleanSupplier overdue) {
        this.overdue = overdue;
    }

    static List<Finding> judge(List<QueueSpec> specs, Function<QueueSpec, QueueReply> replies, BooleanSupplier overdue) {
        Attendance attendance = new Attendance(overdue);
        specs.forEach(spec -> attendance.take(spec, replies.apply(spec)));
        return attendance.findings();
    }

    private void take(QueueSpec spec, QueueReply reply) {
        Target queue = new Target(Kind.QUEUE, spec.queue());
        Outcome itself = reply.queue();
        add(queue, new Part("", itself));
        for (QueueSpec.Listener listener : spec.listeners()) {
            Outcome outcome = reply.listener(listener, overdue);
            add(listener.target(), new Part(spec.queue(), outcome));
            if (itself.health() == Health.UP) {
                add(queue, new Part(listener.name(), outcome));
            }
        }
    }

    private void add(Target target, Part part) {
        parts.computeIfAbsent(target, any -> new ArrayList<>(2)).add(part);
    }

    private List<Finding> findings() {
        return parts.entrySet().stream()
                .map(entry -> new Finding(entry.getKey(), Part.worst(entry.getValue())))
                .toList();
    }
}
