package dev.heartbeat.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/**
 * How is a heartbeat said? As PH's message, so that PH's subscriber reads it, with everything new under top-level keys of its
 * own: inside a component PH's reader dies on a fourth key.
 */
public final class HeartbeatWriter {
    /** Counts the format: readers accept the one before and the one after. */
    static final int VERSION = 1;
    private static final JsonFactory JSON = new JsonFactory();
    private static final int BYTES_PER_OBSERVATION = 256;

    private HeartbeatWriter() {
    }

    /** The message as UTF-8 JSON. */
    public static byte[] write(Heartbeat heartbeat) {
        return write(heartbeat, true);
    }

    /** The same without PH's keys, for those among whom PH has no reader. */
    static byte[] writeOurs(Heartbeat heartbeat) {
        return write(heartbeat, false);
    }

    private static byte[] write(Heartbeat heartbeat, boolean ph) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024 + heartbeat.observations().size() * BYTES_PER_OBSERVATION);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (ph) {
                asPh(json, heartbeat);
            }
            asOurs(json, heartbeat);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void asPh(JsonGenerator json, Heartbeat heartbeat) throws IOException {
        Stamps stamps = new Stamps();
        json.writeStringField("status", "heartbeat");
        ObservationWriter.text(json, "service", heartbeat.source());
        json.writeStringField("timestamp", PhTime.text(heartbeat.at()));
        components(json, "hosts", heartbeat.observations(), EnumSet.of(Kind.HOST, Kind.WEBSITE), stamps);
        json.writeObjectFieldStart("rmq_consumers");
        components(json, "queues_status", heartbeat.observations(), EnumSet.of(Kind.QUEUE), stamps);
        components(json, "services_status", heartbeat.observations(), EnumSet.of(Kind.CONSUMER), stamps);
        json.writeEndObject();
    }

    private static void components(JsonGenerator json, String list, List<Observation> observations, Set<Kind> kinds,
            Stamps stamps) throws IOException {
        json.writeArrayFieldStart(list);
        for (Observation observation : observations) {
            if (kinds.contains(observation.target().kind())) {
                json.writeStartObject();
                ObservationWriter.text(json, "name", observation.target().name());
                json.writeStringField("status", observation.outcome().health() == Health.UP ? "ok" : "not_ok");
                json.writeStringField("timestamp", stamps.of(observation.at()));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void asOurs(JsonGenerator json, Heartbeat heartbeat) throws IOException {
        json.writeNumberField("version", VERSION);
        ObservationWriter.text(json, "source", heartbeat.source());
        if (heartbeat.boot() != null) {
            ObservationWriter.text(json, "boot", heartbeat.boot());
            json.writeNumberField("sequence", heartbeat.sequence());
        }
        json.writeStringField("at", heartbeat.at().toString());
        if (heartbeat.interval() != null) {
            json.writeNumberField("interval", ObservationWriter.seconds(heartbeat.interval()));
        }
        if (heartbeat.parts() > 1) {
            json.writeNumberField("part", heartbeat.part());
            json.writeNumberField("parts", heartbeat.parts());
        }
        if (heartbeat.config() != null) {
            ObservationWriter.text(json, "config", heartbeat.config());
        }
        if (heartbeat.targets() != null) {
            targets(json, heartbeat.targets());
        }
        json.writeArrayFieldStart("observations");
        for (Observation observation : heartbeat.observations()) {
            ObservationWriter.write(json, observation);
        }
        json.writeEndArray();
    }

    private static void targets(JsonGenerator json, Collection<Target> targets) throws IOException {
        Set<Target> inOrder = new TreeSet<>(targets);
        json.writeObjectFieldStart("targets");
        for (Kind kind : Kind.values()) {
            json.writeArrayFieldStart(kind.word());
            for (Target target : inOrder) {
                if (target.kind() == kind) {
                    json.writeString(Characters.whole(target.name()));
                }
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** Formats a second once: a round's observations share few. */
    private static final class Stamps {
        private long second = Long.MIN_VALUE;
        private String text;

        String of(Instant instant) {
            if (instant.getEpochSecond() != second) {
                second = instant.getEpochSecond();
                text = PhTime.text(instant);
            }
            return text;
        }
    }
}
