package dev.heartbeat.transport;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** From which topic does a record come, with which headers? */
record KafkaOrigin(ConsumerRecord<byte[], byte[]> record) implements Origin {
    static final String SYSTEM = "kafka";

    @Override
    public String system() {
        return SYSTEM;
    }

    @Override
    public String destination() {
        return record.topic();
    }

    @Override
    public String header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
