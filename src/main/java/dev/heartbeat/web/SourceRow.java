package dev.heartbeat.web;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.heartbeat.model.Group;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.TargetState;

/** Who speaks, when was it last heard, how are its targets, and what is odd about it? What is not the case is left out. */
record SourceRow(SourceState state) {
    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", state.source());
        if (state.speaker().boot() != null) {
            json.writeStringField("boot", state.speaker().boot());
        }
        given(json, "heard", groups(Group::heard).max(Comparator.naturalOrder()).orElse(null));
        given(json, "silent_since", groups(Group::silent).min(Comparator.naturalOrder()).orElse(null));
        if (state.speaker().clockAhead()) {
            json.writeNumberField("clock_ahead_seconds", -state.speaker().offset().toSeconds());
        }
        given(json, "two_programs_at", state.speaker().rival());
        counts(json);
        json.writeEndObject();
    }

    /** Of all its targets, whatever was asked for. */
    private void counts(JsonGenerator json) throws IOException {
        Map<Health, Integer> counts = new EnumMap<>(Health.class);
        for (TargetState target : state.targets().values()) {
            counts.merge(target.health(), 1, Integer::sum);
        }
        json.writeNumberField("targets", state.targets().size());
        for (Health health : Health.values()) {
            json.writeNumberField(health.name().toLowerCase(Locale.ROOT), counts.getOrDefault(health, 0));
        }
    }

    private Stream<Instant> groups(Function<Group, Instant> instant) {
        return state.groups().values().stream().map(instant).filter(Objects::nonNull);
    }

    private static void given(JsonGenerator json, String name, Instant instant) throws IOException {
        if (instant != null) {
            TargetRow.instant(json, name, instant);
        }
    }
}
