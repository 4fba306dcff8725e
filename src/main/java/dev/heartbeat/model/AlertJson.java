package dev.heartbeat.model;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;

/** How is an alert written for a program? Every field is always there; docs/alerts.md says what each means. */
public final class AlertJson {
    private static final int VERSION = 1;

    private AlertJson() {
    }

    /** One JSON object; its texts are printable, and data: nothing in them is markup. */
    public static String write(Alert alert) {
        return StoredJson.object(out -> {
            out.writeNumberField("version", VERSION);
            put(out, "id", alert.id());
            put(out, "status", alert.what().word());
            put(out, "summary", AlertWords.title(alert));
            put(out, "source", printable(alert.source()));
            put(out, "kind", alert.target() == null ? null : alert.target().kind().word());
            put(out, "name", alert.target() == null ? null : printable(alert.target().name()));
            put(out, "health", alert.health());
            put(out, "reason", alert.reason());
            put(out, "detail", printable(alert.detail()));
            put(out, "since", alert.since());
            put(out, "at", alert.at());
            if (alert.lasted() == null) {
                out.writeNullField("lasted_seconds");
            } else {
                out.writeNumberField("lasted_seconds", alert.lasted().toSeconds());
            }
        });
    }

    private static String printable(String text) {
        return text == null ? null : Printable.text(text);
    }

    private static void put(JsonGenerator out, String name, Object value) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeStringField(name, value.toString());
        }
    }
}
