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
import dev.heartbeat.model.NotAHeartbeatException;
import dev.heartbeat.transport.Delivery;

/**
 * What do the messages of one batch say, source by source and in order?
 *
 * @param heard what was said, by source
 * @param heartbeats the messages that said it
 * @param poison the messages that are no heartbeats, with the reason
 */
record Batch(Map<String, List<Heard>> heard, List<Message<byte[]>> heartbeats,
        Map<Message<byte[]>, NotAHeartbeatException> poison) {
    static Batch read(List<Message<byte[]>> messages) {
        Batch batch = new Batch(new LinkedHashMap<>(), new ArrayList<>(messages.size()), new LinkedHashMap<>());
        for (Message<byte[]> message : messages) {
            try {
                Heard heard = heard(message);
                batch.heard.computeIfAbsent(heard.heartbeat().source(), source -> new ArrayList<>()).add(heard);
                batch.heartbeats.add(message);
            } catch (NotAHeartbeatException e) {
                batch.poison.put(message, e);
            }
        }
        return batch;
    }

    private static Heard heard(Message<byte[]> message) throws NotAHeartbeatException {
        Delivery delivery = message.getMetadata(Delivery.class).orElseGet(() -> new Delivery(Instant.now(), false));
        Heartbeat heartbeat = HeartbeatReader.read(message.getPayload(), delivery.received());
        return new Heard(heartbeat, delivery.received(), delivery.backlog(), print(message.getPayload()));
    }

    /** Length and checksum tell the few bodies of one second apart, which is all that they must. */
    private static long print(byte[] body) {
        CRC32 sum = new CRC32();
        sum.update(body);
        return (long) body.length << Integer.SIZE | sum.getValue();
    }
}
