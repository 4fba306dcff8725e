package dev.heartbeat.model;

import java.io.IOException;
import java.time.Duration;

import com.fasterxml.jackson.core.JsonGenerator;

/** How is one observation said in our own words? What {@link ObservationFields} reads. */
final class ObservationWriter {
    private static final double MICROS = 1e6;

    private ObservationWriter() {
    }

    static void write(JsonGenerator json, Observation observation) throws IOException {
        Outcome outcome = observation.outcome();
        json.writeStartObject();
        json.writeStringField("kind", observation.target().kind().word());
        text(json, "name", observation.target().name());
        json.writeStringField("outcome", word(outcome.health()));
        if (outcome.reason() != null) {
            json.writeStringField("reason", outcome.reason().name());
        }
        if (outcome.detail() != null) {
            text(json, "detail", outcome.detail());
        }
        json.writeStringField("at", observation.at().toString());
        if (observation.latency() != null) {
            json.writeNumberField("latency", seconds(observation.latency()));
        }
        if (observation.evidence() != null) {
            evidence(json, observation.evidence());
        }
        if (observation.asked() != null) {
            asked(json, observation);
        }
        json.writeEndObject();
    }

    private static void evidence(JsonGenerator json, Evidence evidence) throws IOException {
        if (evidence.status() != null) {
            json.writeNumberField("code", evidence.status());
        }
        if (evidence.match() != null) {
            json.writeBooleanField("match", evidence.match());
        }
        if (evidence.certificateExpiry() != null) {
            json.writeStringField("certificate_expiry", evidence.certificateExpiry().toString());
        }
    }

    /** An address that is the name needs no saying. */
    private static void asked(JsonGenerator json, Observation observation) throws IOException {
        if (!observation.address().equals(observation.target().name())) {
            text(json, "address", observation.address());
        }
        if (observation.asked().pattern() != null) {
            text(json, "pattern", observation.asked().pattern());
        }
    }

    static void text(JsonGenerator json, String key, String text) throws IOException {
        json.writeStringField(key, Characters.whole(text));
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1000 / MICROS;
    }

    private static String word(Health health) {
        return switch (health) {
            case UP -> "up";
            case DOWN -> "down";
            case UNKNOWN, STALE -> "unknown";
        };
    }
}
