package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.services.KafkaServer;

class KafkaOutboundIT {
    private final KafkaRig rig = KafkaRig.shared();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void everyRecordIsInTheTopicWithItsKeyOnceTheMessageIsConfirmed() {
        Rig.Sender sender = rig.linked();
        KafkaRig.send(sender, "1", KafkaRig.record("https://a.example", 0), KafkaRig.record("https://b.example", 1)).join();
        assertThat(rig.server.admin().records(rig.topic)).extracting(record -> record.key() + " " + Rig.number(record.value()))
                .containsExactly("https://a.example 0", "https://b.example 1");
        assertThat(sender.answers).hasValue(1);
    }

    @Test
    void aTopicThatIsAbsentIsCreatedWithItsPartitions() {
        rig.with("partitions", 3).with("replication", 1);
        KafkaRig.send(rig.linked(), "1", KafkaRig.record("k", 0)).join();
        assertThat(rig.server.admin().describe(rig.topic).partitions()).hasSize(3);
    }

    /** Its broker refuses what comes before it is ready, and must not take what comes after that for the beginning. */
    @Test
    void aTopicThatIsNewTakesAllOfAMessageInOrder() {
        Rig.Sender sender = rig.with("partitions", 8).with("compression", "none").linked();
        for (int i = 0; i < 20; i++) {
            String fresh = KafkaServer.name();
            KafkaRig.send(sender, "message-" + i, IntStream.range(0, 2000)
                    .mapToObj(number -> new LogRecord(fresh, "key-" + number, Rig.body(number, 1000)))
                    .toArray(LogRecord[]::new))
                    .join();
        }
    }

    @Test
    void aRecordGoesToTheTopicThatItNames() {
        String other = KafkaServer.name();
        KafkaRig.send(rig.linked(), "1", KafkaRig.record("k", 0), new LogRecord(other, "k", Rig.body(1, 10))).join();
        assertThat(rig.numbers(rig.topic)).containsExactly(0);
        assertThat(rig.numbers(other)).containsExactly(1);
    }

    @Test
    void whatIsSaidOfOneTargetStaysInOnePartitionInOrder() {
        rig.partitions(4);
        LogRecord[] records = IntStream.range(0, 200).mapToObj(i -> KafkaRig.record("target-" + i % 10, i))
                .toArray(LogRecord[]::new);
        KafkaRig.send(rig.linked(), "1", records).join();
        var sent = rig.server.admin().records(rig.topic);
        for (int target = 0; target < 10; target++) {
            String key = "target-" + target;
            var own = sent.stream().filter(record -> record.key().equals(key)).toList();
            assertThat(own).hasSize(20).extracting(record -> record.partition()).containsOnly(own.get(0).partition());
            assertThat(own).extracting(record -> Rig.number(record.value())).isSorted();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "none", "gzip", "lz4", "snappy", "zstd" })
    void compressionIsOfNoConcernToAReader(String compression) {
        rig.with("compression", compression);
        KafkaRig.send(rig.linked(), "1", new LogRecord(null, "k", Rig.body(7, 100_000))).join();
        assertThat(rig.numbers(rig.topic)).containsExactly(7);
        // It is all the same byte, nearly.
        assertThat(rig.server.admin().bytes(rig.topic) < 20_000).isEqualTo(!compression.equals("none"));
    }

    @Test
    void aMessageWithoutRecordsIsConfirmedAtOnce() {
        KafkaRig.send(rig.linked(), "1").join();
    }

    @Test
    void aHeartbeatThatWasNotTakenApartGoesAsItIs() {
        rig.linked().send(Rig.body(3, 10), new Envelope("boot/1", Instant.now(), "application/json")).join();
        assertThat(rig.numbers(rig.topic)).containsExactly(3);
    }

    @Test
    void whatIsSentAgainSendsOnlyWhatWasNotConfirmed() {
        String absent = KafkaServer.name();
        rig.with("replication", 3).partitions(1);
        Rig.Sender sender = rig.linked();
        LogRecord[] records = { KafkaRig.record("a", 0), new LogRecord(absent, "b", Rig.body(1, 10)),
                KafkaRig.record("c", 2) };
        KafkaRig.send(sender, "1", records).join();
        assertThat(rig.numbers(rig.topic)).containsExactly(0, 2);
        rig.awaitStatus(Links.Side.OUT, status -> status.detail() != null);
        rig.server.admin().create(absent, 1);
        rig.awaitStatus(Links.Side.OUT, status -> status.detail() == null);
        KafkaRig.send(sender, "1", records).join();
        assertThat(rig.numbers(absent)).containsExactly(1);
        assertThat(rig.numbers(rig.topic)).containsExactly(0, 2);
    }

    @Test
    void whatIsTooLargeIsGivenUpAndStopsNothingElse() {
        rig.with("max-message-bytes", 1000);
        LogRecord large = new LogRecord(null, "large", Rig.body(1, 5000));
        KafkaRig.send(rig.linked(), "1", KafkaRig.record("k", 0), large, KafkaRig.record("k", 2)).join();
        assertThat(rig.numbers(rig.topic)).containsExactly(0, 2);
    }

    /** Or a list of targets that outgrew the limit would hold up all that comes behind it. */
    @Test
    void whatIsTooLargeIsGivenUpWhereItIsAllThereIs() {
        rig.with("max-message-bytes", 1000);
        Rig.Sender sender = rig.linked();
        KafkaRig.send(sender, "1", new LogRecord(null, "large", Rig.body(1, 5000))).join();
        KafkaRig.send(sender, "2", KafkaRig.record("k", 2)).join();
        assertThat(rig.numbers(rig.topic)).containsExactly(2);
    }

    @Test
    void whatWasConfirmedIsRememberedWhileOthersFail() {
        String absent = KafkaServer.name();
        rig.with("replication", 3).partitions(1);
        Rig.Sender sender = rig.linked();
        LogRecord[] records = { KafkaRig.record("a", 0), new LogRecord(absent, "b", Rig.body(1, 10)) };
        KafkaRig.send(sender, "1", records).join();
        assertThatThrownBy(KafkaRig.send(sender, "2", records[1])::join).hasMessageContaining(absent);
        KafkaRig.send(sender, "1", records).join();
        assertThat(rig.numbers(rig.topic)).containsExactly(0);
    }

    @Test
    void whatCanNotArriveAtAllIsRefusedWithTheReason() {
        rig.with("replication", 3);
        assertThatThrownBy(KafkaRig.send(rig.linked(), "1", KafkaRig.record("k", 0))::join)
                .hasMessageContaining("topic " + rig.topic + " does not exist and can not be created: ")
                .hasMessageContaining("(KAFKA_REPLICATION)");
        assertThat(rig.server.admin().exists(rig.topic)).isFalse();
    }
}
