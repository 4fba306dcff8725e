package dev.heartbeat.transport;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.Printable;

/** Are topics there, or could they be created, and may we do with them and with groups what we must? */
final class KafkaLook {
    /** Whoever asks for a group for the first time makes the broker create it. */
    private static final String OF_GROUPS = "__consumer_offsets";

    private final KafkaConfig config;
    private final KafkaBroken broken;
    private final KafkaTopics topics;
    private final Admin admin;

    KafkaLook(KafkaConfig config, KafkaBroken broken, Admin admin) {
        this.config = config;
        this.broken = broken;
        this.topics = new KafkaTopics(config, broken);
        this.admin = admin;
    }

    Leg topic(String topic, AclOperation need) throws ExecutionException, InterruptedException {
        try {
            TopicDescription found = described(topic);
            String words = "topic " + Printable.text(topic) + ", " + found.partitions().size()
                    + (found.partitions().size() == 1 ? " partition" : " partitions");
            return may(found, need)
                    ? Leg.ok("topic", words + ", which we may " + need.name().toLowerCase(java.util.Locale.ROOT))
                    : Leg.fault("topic", denied(topic, need));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                return Leg.fault("topic", topics.unusable(topic, e));
            }
            String fault = topics.created(admin, topic, true);
            return fault != null ? Leg.fault("topic", fault)
                    : Leg.warn("topic", "topic " + Printable.text(topic) + " does not exist: a start creates it, partitions: "
                            + config.partitions());
        }
    }

    /** Not before something comes that nobody can read is it needed, and till then nothing is amiss. */
    Leg parking(String topic) throws ExecutionException, InterruptedException {
        try {
            return may(described(topic), AclOperation.WRITE) ? Leg.ok("parking", "topic " + Printable.text(topic) + " exists")
                    : Leg.warn("parking", denied(topic, AclOperation.WRITE) + unparked());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                return Leg.warn("parking", topics.unusable(topic, e) + unparked());
            }
            String fault = topics.created(admin, topic, true);
            return fault != null ? Leg.warn("parking", fault + unparked())
                    : Leg.ok("parking", "topic " + Printable.text(topic) + " does not exist, and is created when it is needed");
        }
    }

    private static String unparked() {
        return ": a record that can not be read would be logged by size and SHA-256, and not kept";
    }

    private TopicDescription described(String topic) throws ExecutionException, InterruptedException {
        return admin.describeTopics(Set.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues().get(topic).get();
    }

    /** Brokers that do not tell are believed to allow it. */
    private static boolean may(TopicDescription found, AclOperation need) {
        Set<AclOperation> allowed = found.authorizedOperations();
        return allowed == null || allowed.isEmpty() || allowed.contains(need);
    }

    private String denied(String topic, AclOperation need) {
        return broken.inWords(new TopicAuthorizationException(Set.of(topic))) + " (" + need + ")";
    }

    /** A member that there is not is asked to leave, for which one needs the right to be a member. */
    Leg group(String group) throws InterruptedException {
        String words = "group " + Printable.text(group);
        try {
            if (isFirstOfAll()) {
                return Leg.ok("group", words + " will be the first that ever read here: its rights can not be asked for yet");
            }
            MemberToRemove nobody = new MemberToRemove("heartbeat-check-config-" + UUID.randomUUID());
            admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions(List.of(nobody)))
                    .memberResult(nobody).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Leg.fault("group", broken.inWords(e));
            }
            if (e.getCause() instanceof org.apache.kafka.common.errors.RetriableException) {
                return Leg.warn("group", words + ": " + broken.inWords(e));
            }
        }
        return Leg.ok("group", words + ", as which we may read");
    }

    private boolean isFirstOfAll() throws InterruptedException {
        try {
            described(OF_GROUPS);
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException;
        }
    }
}
