package dev.heartbeat.services;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What would an operator see of a Kafka broker, and do to it? */
public final class KafkaAdmin implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final Map<String, Object> settings;
    private Admin admin;
    private KafkaProducer<String, byte[]> producer;

    KafkaAdmin(int port) {
        settings = Map.of("bootstrap.servers", "localhost:" + port, "reconnect.backoff.max.ms", 100,
                "default.api.timeout.ms", 30_000);
    }

    interface Asking<T> {
        KafkaFuture<T> of(Admin admin);
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings);
        }
        return admin;
    }

    private <T> T ask(Asking<T> asking) {
        try {
            return asking.of(admin()).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean answers() {
        return !ask(open -> open.describeCluster().nodes()).isEmpty();
    }

    void user(String name, String password) {
        for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
            ask(open -> open.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(name,
                    new ScramCredentialInfo(mechanism, 4096), password))).all());
        }
    }

    public void create(String topic, int partitions) {
        ask(open -> open.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty()))).all());
        await("the broker has heard of " + topic).ignoreExceptions().until(() -> describe(topic).partitions().stream()
                .noneMatch(partition -> partition.leader() == null || partition.leader().isEmpty()));
    }

    /** The controller answers before the broker has heard of what it made. */
    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollDelay(Duration.ZERO);
    }

    public void delete(String topic) {
        ask(open -> open.deleteTopics(List.of(topic)).all());
    }

    public boolean exists(String topic) {
        return ask(open -> open.listTopics().names()).contains(topic);
    }

    public TopicDescription describe(String topic) {
        return ask(open -> open.describeTopics(List.of(topic)).allTopicNames()).get(topic);
    }

    /** How much it takes on the broker's disk. */
    public long bytes(String topic) {
        return ask(open -> open.describeLogDirs(List.of(1)).allDescriptions()).values().stream()
                .flatMap(folders -> folders.values().stream())
                .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                .filter(replica -> replica.getKey().topic().equals(topic))
                .mapToLong(replica -> replica.getValue().size()).sum();
    }

    /** Takes a right away from the user; from then on nobody else but those without a name has it either. */
    public void deny(String user, ResourceType type, String name, AclOperation operation) {
        rule(user, type, name, operation, AclPermissionType.DENY);
    }

    public void allow(String user, ResourceType type, String name, AclOperation operation) {
        rule(user, type, name, operation, AclPermissionType.ALLOW);
    }

    /** Takes a {@link #deny} back. */
    public void undeny(String user, ResourceType type, String name, AclOperation operation) {
        AclBinding rule = binding(user, type, name, operation, AclPermissionType.DENY);
        ask(open -> open.deleteAcls(List.of(rule.toFilter())).all());
    }

    private void rule(String user, ResourceType type, String name, AclOperation operation, AclPermissionType permission) {
        AclBinding rule = binding(user, type, name, operation, permission);
        ask(open -> open.createAcls(List.of(rule)).all());
        await("the broker has heard of " + rule)
                .until(() -> ask(open -> open.describeAcls(rule.toFilter()).values()).contains(rule));
    }

    private static AclBinding binding(String user, ResourceType type, String name, AclOperation operation,
            AclPermissionType permission) {
        return new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, permission));
    }

    /** How far the group is, by partition; only partitions where it has committed. */
    public Map<Integer, Long> committed(String group, String topic) {
        Map<Integer, Long> offsets = new TreeMap<>();
        ask(open -> open.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).forEach((partition, offset) -> {
            if (partition.topic().equals(topic) && offset != null) {
                offsets.put(partition.partition(), offset.offset());
            }
        });
        return offsets;
    }

    /** How many consumers the group has. */
    public int members(String group) {
        return ask(open -> open.describeConsumerGroups(List.of(group)).all()).get(group).members().size();
    }

    public void produce(String topic, String key, byte[] value) {
        produce(List.of(new ProducerRecord<>(topic, key, value)));
    }

    /** Returns once the broker has all of them. */
    public synchronized void produce(List<ProducerRecord<String, byte[]>> records) {
        if (producer == null) {
            Map<String, Object> inOrder = new HashMap<>(settings);
            // A new topic's first request may find nobody, its second somebody: KAFKA-15591.
            inOrder.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
            producer = new KafkaProducer<>(inOrder, new StringSerializer(), new ByteArraySerializer());
        }
        try {
            for (Future<?> sent : records.stream().map(producer::send).toList()) {
                sent.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that is in the topic now, by partition and order. */
    public List<ConsumerRecord<String, byte[]>> records(String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Instant limit = Instant.now().plus(PATIENCE);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                if (Instant.now().isAfter(limit)) {
                    throw new IllegalStateException("not all of " + topic + " could be read");
                }
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
