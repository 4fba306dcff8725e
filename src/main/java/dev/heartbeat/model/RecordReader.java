package dev.heartbeat.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * What does a record of a log say? Ours, and those of the two programs that speak in records: their keys, in whatever order,
 * tell them apart.
 */
public final class RecordReader {
    private static final int PARTS = Integer.MAX_VALUE;
    private static final String OURS = "version";

    private RecordReader() {
    }

    /**
     * The heartbeat that this record is.
     *
     * @param topic is the source of what names none
     * @param received stands for the instant of what names none
     * @throws NotAHeartbeatException when it is none, with the reason
     */
    public static Heartbeat read(byte[] body, String topic, Instant received) throws NotAHeartbeatException {
        Set<String> keys = JsonFields.peek(body, RecordReader::keys);
        if (HealthcheckRecord.has(keys)) {
            return heartbeat(topic, HealthcheckRecord.BOOT, JsonFields.read(body, json -> new HealthcheckRecord().read(json)));
        }
        if (MetricsRecord.has(keys)) {
            return heartbeat(topic, MetricsRecord.BOOT, JsonFields.read(body, json -> new MetricsRecord().read(json)));
        }
        return HeartbeatReader.read(body, received);
    }

    /** Those that tell whose it is: ours says its version before what it says at length. */
    private static Set<String> keys(JsonFields json) throws IOException {
        Set<String> keys = new HashSet<>();
        for (String key = json.nextKey(); key != null && !key.equals(OURS); key = json.nextKey()) {
            keys.add(key);
            json.skip();
        }
        return keys;
    }

    /**
     * Who writes such records counts nothing and names no interval: the instant is the sequence, so that a record that comes
     * again changes nothing, and each address is a part of its own, so that it is judged by its own rhythm.
     */
    private static Heartbeat heartbeat(String topic, String boot, Observation observation) {
        Instant at = observation.at();
        return new Heartbeat(topic, boot, Math.max(1, RecordWriter.micros(at)), at, null, part(observation.address()), PARTS,
                null, null,
                List.of(observation));
    }

    private static int part(String address) {
        CRC32C hash = new CRC32C();
        hash.update(address.getBytes(StandardCharsets.UTF_8));
        return 1 + (int) (hash.getValue() & 0x3fffffff);
    }

    /** The website of that address, whose name never shows the user and password that the address may hold. */
    static Target website(String address) {
        return new Target(Kind.WEBSITE, WebAddress.withoutUser(address));
    }
}
