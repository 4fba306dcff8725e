package dev.heartbeat.web;

import java.io.IOException;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;

/** What is known of one target, as the API says it? */
record TargetRow(SourceState source, Target target, TargetState state) {
    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        fields(json);
        json.writeEndObject();
    }

    void fields(JsonGenerator json) throws IOException {
        json.writeStringField("source", source.source());
        json.writeStringField("kind", target.kind().word());
        json.writeStringField("name", target.name());
        json.writeStringField("health", state.health().name());
        text(json, "was", state.former());
        instant(json, "since", state.since());
        text(json, "reason", state.reason());
        json.writeStringField("detail", state.detail());
        instant(json, "last_seen_up", source.lastUp(state));
        instant(json, "last_seen_down", source.lastDown(state));
        json.writeBooleanField("flapping", state.steadiness().flapping());
        json.writeNumberField("streak", state.steadiness().streak());
    }

    Health health() {
        return state.health();
    }

    /** A word of ours, or null. */
    static void text(JsonGenerator json, String name, Enum<?> word) throws IOException {
        json.writeStringField(name, word == null ? null : word.name());
    }

    /** ISO-8601 in UTC, or null. */
    static void instant(JsonGenerator json, String name, Instant instant) throws IOException {
        json.writeStringField(name, InstantText.of(instant));
    }
}
