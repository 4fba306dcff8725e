package dev.heartbeat.transport;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import dev.heartbeat.model.Printable;

/** Are the topics there that we use? Those that are absent are created, as far as we may. */
final class KafkaTopics {
    private final KafkaConfig config;
    private final KafkaBroken broken;
    /** What is wrong with each that is used, in words; none where nothing is. */
    private final Map<String, Optional<String>> topics = new ConcurrentHashMap<>();

    KafkaTopics(KafkaConfig config, KafkaBroken broken) {
        this.config = config;
        this.broken = broken;
    }

    /** What is wrong with the topic; none as well where nobody asked for it before. */
    Optional<String> trouble(String topic) {
        return topics.getOrDefault(topic, Optional.empty());
    }

    boolean isKnown(String topic) {
        return topics.containsKey(topic);
    }

    /** What is wrong with any of them, in words; null when nothing is. */
    String troubles() {
        String all = topics.values().stream().flatMap(Optional::stream).sorted().collect(Collectors.joining("; "));
        return all.isEmpty() ? null : all;
    }

    /** Looks after all that were asked for so far. */
    void look(Admin admin) throws ExecutionException, InterruptedException {
        look(admin, Set.copyOf(topics.keySet()));
    }

    /** Looks after these, now and from now on. Fails where the broker does not answer. */
    void look(Admin admin, Set<String> names) throws ExecutionException, InterruptedException {
        var descriptions = admin.describeTopics(names).topicNameValues();
        for (String topic : names) {
            topics.put(topic, Optional.ofNullable(described(admin, topic, descriptions.get(topic)::get)));
        }
    }

    /** What the broker answers, sooner or later. */
    private interface Answer {
        Object get() throws ExecutionException, InterruptedException;
    }

    private String described(Admin admin, String topic, Answer description) throws ExecutionException, InterruptedException {
        try {
            description.get();
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return created(admin, topic, false);
            }
            failIfRetriable(e);
            return unusable(topic, e);
        }
    }

    String unusable(String topic, ExecutionException e) {
        return "topic " + Printable.text(topic) + " can not be used: " + broken.inWords(e.getCause());
    }

    /** Null when it is there from now on, or, where we only ask, could be; else why not. */
    String created(Admin admin, String topic, boolean onlyAsk) throws ExecutionException, InterruptedException {
        NewTopic absent = new NewTopic(topic, Optional.of(config.partitions()), config.replication().map(Integer::shortValue));
        try {
            admin.createTopics(List.of(absent), new CreateTopicsOptions().validateOnly(onlyAsk)).all().get();
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return null;
            }
            failIfRetriable(e);
            String hint = e.getCause() instanceof InvalidReplicationFactorException ? " (KAFKA_REPLICATION)" : "";
            return "topic " + Printable.text(topic) + " does not exist and can not be created: " + broken.inWords(e.getCause())
                    + hint;
        }
    }

    private static void failIfRetriable(ExecutionException e) throws ExecutionException {
        if (e.getCause() instanceof RetriableException) {
            throw e;
        }
    }
}
