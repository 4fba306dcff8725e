package dev.heartbeat.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.heartbeat.model.LatencyHour;
import dev.heartbeat.model.Uptime;
import dev.heartbeat.model.Uptime.Day;
import dev.heartbeat.model.Uptime.Window;
import dev.heartbeat.store.Outbox.Entry;

/** All that is known of one target: how it is, and how it has been? */
record TargetAnswer(TargetRow row, Uptime uptime, List<LatencyHour> latencies, List<Entry> transitions) {
    private static final double P95 = 0.95;
    private static final double NANOS_PER_MILLI = 1e6;

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        row.fields(json);
        shares(json);
        json.writeArrayFieldStart("days");
        for (Day day : uptime.days()) {
            write(json, day);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("latency");
        for (LatencyHour hour : latencies) {
            write(json, hour);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("transitions");
        for (Entry entry : transitions) {
            new TransitionRow(entry).write(json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void shares(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("uptime");
        for (Window window : Window.values()) {
            Double share = uptime.over(window);
            if (share == null) {
                json.writeNullField(window.word());
            } else {
                json.writeNumberField(window.word(), share);
            }
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Day day) throws IOException {
        json.writeStartObject();
        json.writeStringField("day", day.day().toString());
        json.writeNumberField("observed_minutes", day.observed());
        json.writeNumberField("down_minutes", day.down());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, LatencyHour hour) throws IOException {
        json.writeStartObject();
        TargetRow.instant(json, "hour", hour.hour());
        json.writeNumberField("count", hour.histogram().count());
        millis(json, "min_ms", hour.histogram().min());
        millis(json, "mean_ms", hour.histogram().mean());
        millis(json, "p95_ms", hour.histogram().percentile(P95));
        millis(json, "max_ms", hour.histogram().max());
        json.writeEndObject();
    }

    private static void millis(JsonGenerator json, String name, Duration duration) throws IOException {
        json.writeNumberField(name, duration.toNanos() / NANOS_PER_MILLI);
    }
}
