package dev.heartbeat.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** How is an observation said as one record of a log? */
public final class RecordWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int BYTES = 384;
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;

    private RecordWriter() {
    }

    /** What writes the keys of a layout that is not ours. */
    interface Keys {
        void write(JsonGenerator json, Observation observation) throws IOException;
    }

    /**
     * The record as UTF-8 JSON.
     *
     * @param heartbeat with exactly one observation; in our own layout with none where it is a list of targets
     */
    public static byte[] write(RecordLayout layout, Heartbeat heartbeat) {
        if (layout == RecordLayout.HEARTBEAT && heartbeat.observations().isEmpty() && heartbeat.targets() != null) {
            return HeartbeatWriter.writeOurs(heartbeat);
        }
        if (heartbeat.observations().size() != 1) {
            throw new IllegalArgumentException("a record holds one observation, not " + heartbeat.observations().size());
        }
        Observation observation = heartbeat.observations().get(0);
        return switch (layout) {
            case HEARTBEAT -> HeartbeatWriter.writeOurs(heartbeat);
            case HEALTHCHECK -> write(HealthcheckRecord::write, observation);
            case METRICS -> write(MetricsRecord::write, observation);
        };
    }

    /**
     * Whether the layout has words for it: the two that are not ours know no "unknown", and nobody should take a target that
     * was not asked for one that is down. Nor do they know checks behind an address.
     */
    public static boolean canSay(RecordLayout layout, Observation observation) {
        return layout == RecordLayout.HEARTBEAT
                || observation.outcome().health() != Health.UNKNOWN && !NamedCheck.is(observation.target());
    }

    private static byte[] write(Keys keys, Observation observation) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            keys.write(json, observation);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Microseconds in units of ten to the power of {@code scale} of them, as Python writes a float: never without a point. */
    static BigDecimal decimal(long micros, int scale) {
        BigDecimal bare = BigDecimal.valueOf(micros, scale).stripTrailingZeros();
        return bare.scale() < 1 ? bare.setScale(1) : bare;
    }

    static long micros(Duration duration) {
        return duration.toNanos() / NANOS_PER_MICRO;
    }

    /** Since 1970, of an instant whose year has four digits. */
    static long micros(Instant at) {
        return at.getEpochSecond() * MICROS_PER_SECOND + at.getNano() / NANOS_PER_MICRO;
    }

    /** A text, or null where there is none. */
    static void text(JsonGenerator json, String key, String text) throws IOException {
        json.writeFieldName(key);
        if (text == null) {
            json.writeNull();
        } else {
            json.writeString(Characters.whole(text));
        }
    }

    /** True or false, or null where nobody asked. */
    static void truth(JsonGenerator json, String key, Boolean truth) throws IOException {
        json.writeFieldName(key);
        if (truth == null) {
            json.writeNull();
        } else {
            json.writeBoolean(truth);
        }
    }
}
