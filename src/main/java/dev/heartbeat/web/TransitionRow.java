package dev.heartbeat.web;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.heartbeat.model.Target;
import dev.heartbeat.model.Transition;
import dev.heartbeat.store.Outbox.Entry;

/** What happened, as the API and the event stream say it? */
record TransitionRow(Entry entry) {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final double MILLIS = 1000.0;

    void write(JsonGenerator json) throws IOException {
        Transition transition = entry.transition();
        Target target = transition.target();
        json.writeStartObject();
        json.writeStringField("id", entry.id());
        json.writeStringField("source", transition.source());
        json.writeStringField("kind", target == null ? null : target.kind().word());
        json.writeStringField("name", target == null ? null : target.name());
        TargetRow.text(json, "from", transition.from());
        TargetRow.text(json, "to", transition.to());
        TargetRow.instant(json, "at", transition.at());
        TargetRow.text(json, "reason", transition.reason());
        json.writeStringField("detail", transition.detail());
        if (transition.lasted() == null) {
            json.writeNullField("lasted_seconds");
        } else {
            json.writeNumberField("lasted_seconds", transition.lasted().toMillis() / MILLIS);
        }
        json.writeStringField("telling", transition.telling().name());
        json.writeEndObject();
    }

    /** On one line. */
    String json() {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
