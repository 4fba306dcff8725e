package dev.heartbeat.model;

import static dev.heartbeat.model.StoredJson.number;
import static dev.heartbeat.model.StoredJson.text;
import static dev.heartbeat.model.StoredJson.truth;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.heartbeat.model.Alert.What;
import dev.heartbeat.model.AlertNotes.Waiting;
import dev.heartbeat.model.OpenAlerts.Mass;
import dev.heartbeat.model.OpenAlerts.Subject;

/** How are the notes of a receiver's reader written? Instants as milliseconds, nothing for null; unknown keys are ignored. */
final class AlertNotesCodec {
    private AlertNotesCodec() {
    }

    static String write(AlertNotes notes) {
        return StoredJson.object(out -> {
            out.writeArrayFieldStart("open");
            for (OpenAlert alert : notes.open().single().values()) {
                write(out, alert, null);
            }
            for (Mass mass : notes.open().masses().values()) {
                write(out, mass.alert(), mass);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("waiting");
            for (Waiting waiting : notes.waiting()) {
                write(out, waiting);
            }
            out.writeEndArray();
            if (notes.attempts() > 0) {
                out.writeNumberField("attempts", notes.attempts());
                put(out, "next", notes.next());
            }
        });
    }

    private static void put(JsonGenerator out, String name, Instant value) throws IOException {
        if (value != null) {
            out.writeNumberField(name, value.toEpochMilli());
        }
    }

    private static void write(JsonGenerator out, OpenAlert alert, Mass mass) throws IOException {
        out.writeStartObject();
        StoredJson.put(out, "id", alert.id());
        StoredJson.put(out, "source", alert.source());
        StoredJson.put(out, "target", alert.target() == null ? null : StateCodec.field(alert.target()));
        StoredJson.put(out, "health", alert.health());
        StoredJson.put(out, "reason", alert.reason());
        StoredJson.put(out, "detail", alert.detail());
        put(out, "since", alert.since());
        put(out, "told", alert.told());
        StoredJson.put(out, "past", alert.past());
        if (mass != null) {
            StoredJson.put(out, "covers", mass.covers());
            out.writeArrayFieldStart("parts");
            for (Target part : mass.parts()) {
                out.writeString(StateCodec.field(part));
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Waiting waiting) throws IOException {
        Alert alert = waiting.alert();
        out.writeStartObject();
        StoredJson.put(out, "id", alert.id());
        StoredJson.put(out, "what", alert.what());
        StoredJson.put(out, "source", alert.source());
        StoredJson.put(out, "target", alert.target() == null ? null : StateCodec.field(alert.target()));
        StoredJson.put(out, "health", alert.health());
        StoredJson.put(out, "reason", alert.reason());
        StoredJson.put(out, "detail", alert.detail());
        put(out, "since", alert.since());
        put(out, "at", alert.at());
        if (alert.lasted() != null) {
            out.writeNumberField("lasted", alert.lasted().toMillis());
        }
        put(out, "waits", waiting.since());
        out.writeEndObject();
    }

    static AlertNotes read(String json) {
        Map<Subject, OpenAlert> single = new LinkedHashMap<>();
        Map<String, Mass> masses = new LinkedHashMap<>();
        List<Waiting> waiting = new ArrayList<>();
        var retry = new Object() {
            int attempts;
            Instant next = Instant.EPOCH;
        };
        StoredJson.read(json, (name, in) -> {
            switch (name) {
                case "open" -> each(in, draft -> draft.addTo(single, masses));
                case "waiting" -> each(in, draft -> draft.addTo(waiting));
                case "attempts" -> retry.attempts = (int) number(in);
                case "next" -> retry.next = Instant.ofEpochMilli(number(in));
                default -> in.skipChildren();
            }
        });
        return new AlertNotes(new OpenAlerts(single, masses), waiting, retry.attempts, retry.next);
    }

    private interface Reader {
        void take(Draft draft);
    }

    private static void each(JsonParser in, Reader reader) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            return;
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            Draft draft = new Draft();
            StoredJson.fields(in, draft::read);
            reader.take(draft);
        }
    }

    /** What was read of an open alert, or of one that waits; what lacks the essentials is left out. */
    private static final class Draft {
        private String id;
        private String what;
        private String source;
        private String target;
        private Health health;
        private Reason reason;
        private String detail;
        private Instant since;
        private Instant told;
        private Instant at;
        private Instant waits;
        private Duration lasted;
        private boolean past;
        private boolean covers;
        private Set<Target> parts;

        void read(String name, JsonParser in) throws IOException {
            switch (name) {
                case "id" -> id = text(in);
                case "what" -> what = text(in);
                case "source" -> source = text(in);
                case "target" -> target = text(in);
                case "health" -> health = TargetCodec.health(text(in));
                case "reason" -> reason = Reason.of(text(in));
                case "detail" -> detail = text(in);
                case "past" -> past = truth(in);
                case "covers" -> covers = truth(in);
                case "parts" -> parts = parts(in);
                default -> readTime(name, in);
            }
        }

        private void readTime(String name, JsonParser in) throws IOException {
            switch (name) {
                case "since" -> since = Instant.ofEpochMilli(number(in));
                case "told" -> told = Instant.ofEpochMilli(number(in));
                case "at" -> at = Instant.ofEpochMilli(number(in));
                case "waits" -> waits = Instant.ofEpochMilli(number(in));
                case "lasted" -> lasted = Duration.ofMillis(number(in));
                default -> in.skipChildren();
            }
        }

        private static Set<Target> parts(JsonParser in) throws IOException {
            Set<Target> parts = new HashSet<>();
            while (in.currentToken() == JsonToken.START_ARRAY || in.currentToken() == JsonToken.VALUE_STRING) {
                Target part = in.nextToken() == JsonToken.VALUE_STRING ? StateCodec.target(text(in)) : null;
                if (part != null) {
                    parts.add(part);
                }
            }
            return parts;
        }

        private boolean isWhole() {
            return id != null && source != null && since != null && (target == null || StateCodec.target(target) != null);
        }

        void addTo(Map<Subject, OpenAlert> single, Map<String, Mass> masses) {
            if (!isWhole()) {
                return;
            }
            OpenAlert alert = new OpenAlert(id, source, StateCodec.target(target), health == null ? Health.UNKNOWN : health,
                    since, reason, detail, told, past);
            if (parts == null) {
                single.put(new Subject(source, alert.target()), alert);
            } else {
                masses.put(id, new Mass(alert, parts, covers));
            }
        }

        void addTo(List<Waiting> waiting) {
            for (What step : What.values()) {
                if (step.name().equals(what) && isWhole() && at != null && waits != null) {
                    waiting.add(new Waiting(new Alert(id, step, source, StateCodec.target(target), health, since, reason,
                            detail, at, lasted), waits));
                }
            }
        }
    }
}
