package dev.heartbeat.receive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

import org.eclipse.microprofile.reactive.messaging.Message;

import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.HeartbeatReader;
import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.NotAHeartbeatException;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.RecordReader;
import dev.heartbeat.transport.Delivery;

/**
 * What do the messages of one batch say, source by source and in order?
 *
 * @param heard what was said, by source
 * @param heartbeats the messages that said it, each with what it said
 * @param poison the messages that are no heartbeats, with the reason
 */
record Batch(Map<String, List<Heard>> heard, Map<Message<byte[]>, One> heartbeats,
        Map<Message<byte[]>, NotAHeartbeatException> poison) {
    /** What one message said, and how it came. */
    record One(Heard heard, Delivery delivery) {
        /** As if it were a batch of its own. */
        Map<String, List<Heard>> alone() {
            return Map.of(heard.heartbeat().source(), List.of(heard));
        }

        private List<HistoryRow> rows() {
            List<HistoryRow> rows = new ArrayList<>(heard.heartbeat().observations().size());
            for (Observation observation : heard.heartbeat().observations()) {
                rows.add(new HistoryRow(heard.heartbeat().source(), observation, heard.received(), delivery.position()));
            }
            return rows;
        }
    }

    static Batch read(List<Message<byte[]>> messages) {
        Batch batch = new Batch(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        for (Message<byte[]> message : messages) {
            try {
                One one = one(message);
                batch.heard.computeIfAbsent(one.heard.heartbeat().source(), source -> new ArrayList<>()).add(one.heard);
                batch.heartbeats.put(message, one);
            } catch (NotAHeartbeatException e) {
                batch.poison.put(message, e);
            }
        }
        return batch;
    }

    /** Every observation, in the order in which they came. */
    List<HistoryRow> rows() {
        List<HistoryRow> rows = new ArrayList<>(heartbeats.size());
        heartbeats.values().forEach(one -> rows.addAll(one.rows()));
        return rows;
    }

    /** Why the history refuses anything that this message said; null when it refuses nothing of it. */
    String refusal(One one, Map<HistoryRow, String> refused) {
        return refused.isEmpty() ? null
                : one.rows().stream().map(refused::get).filter(reason -> reason != null).findFirst().orElse(null);
    }

    private static One one(Message<byte[]> message) throws NotAHeartbeatException {
        byte[] body = message.getPayload();
        Delivery delivery = message.getMetadata(Delivery.class).orElseGet(() -> new Delivery(Instant.now(), false));
        Heartbeat heartbeat = delivery.position() == null ? HeartbeatReader.read(body, delivery.received())
                : RecordReader.read(body, delivery.position().topic(), delivery.received());
        return new One(new Heard(heartbeat, delivery.received(), delivery.backlog(), print(body)), delivery);
    }

    /** Length and checksum tell the few bodies of one second apart, which is all that they must. */
    private static long print(byte[] body) {
        CRC32 sum = new CRC32();
        sum.update(body);
        return (long) body.length << Integer.SIZE | sum.getValue();
    }
}
