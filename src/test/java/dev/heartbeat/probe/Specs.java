package dev.heartbeat.probe;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Pace;
import dev.heartbeat.model.PythonPattern;
import dev.heartbeat.model.QueueSpec;

/** Which queues does a test ask for, and what does it learn? */
final class Specs {
    private Specs() {
    }

    /** In the publisher's own vhost; listeners are {@code name=tag}. */
    static QueueSpec queue(String queue, String... listeners) {
        return queueIn(null, queue, listeners);
    }

    static QueueSpec queueIn(String vhost, String queue, String... listeners) {
        return new QueueSpec(queue, vhost, Arrays.stream(listeners).map(Specs::listener).toList(), Pace.DEFAULT);
    }

    static QueueSpec within(Duration timeout, String queue, String... listeners) {
        return new QueueSpec(queue, null, Arrays.stream(listeners).map(Specs::listener).toList(), new Pace(null, timeout, 0));
    }

    private static QueueSpec.Listener listener(String text) {
        String[] parts = text.split("=", 2);
        return new QueueSpec.Listener(parts[0], PythonPattern.compile(parts[1]));
    }

    /** By target; fails on a target that has two. */
    static Map<String, Outcome> outcomes(List<Finding> findings) {
        return findings.stream().collect(Collectors.toMap(finding -> finding.target().toString(), Finding::outcome));
    }
}
