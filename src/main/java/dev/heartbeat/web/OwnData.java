package dev.heartbeat.web;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;

import org.eclipse.microprofile.health.HealthCheckResponse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.smallrye.mutiny.Context;

/**
 * What are the data of a check in JSON, in the types that its author gave them? SmallRye knows texts, booleans and whole
 * numbers
 * only; so what the checks say to one question is kept beside its answer, in the context of who asks.
 */
final class OwnData {
    private static final String KEY = OwnData.class.getName();
    private static final JsonProvider SHOWN = JsonProvider.provider();
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<Shown, Map<String, String>> said = new ConcurrentHashMap<>();

    private record Shown(String name, JsonObject data) {
    }

    /** Who asks with this is told of the types. */
    Context context() {
        return Context.of(KEY, this);
    }

    /** Whatever the check gave, as JSON by its key; noted if whoever asks wants to know. */
    static void note(Context asker, HealthCheckResponse shown, Map<String, Object> data) {
        OwnData own = asker.getOrElse(KEY, () -> null);
        if (own != null) {
            Map<String, String> values = new LinkedHashMap<>();
            data.forEach((key, value) -> values.put(key, json(value)));
            own.said.put(new Shown(shown.getName(), SHOWN.createObjectBuilder(shown.getData().orElse(Map.of())).build()),
                    values);
        }
    }

    /** The values as JSON, by their keys, of a check in SmallRye's answer. */
    Map<String, String> of(JsonObject check) {
        JsonObject data = check.getJsonObject("data");
        if (data == null) {
            return Map.of();
        }
        Map<String, String> values = new LinkedHashMap<>();
        data.forEach((key, value) -> values.put(key, value.toString()));
        return said.getOrDefault(new Shown(check.getString("name"), data), values);
    }

    private static String json(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** What JSON has no form for is its text. */
    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof JsonValue one) {
            json.writeRawValue(one.toString());
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> list) {
            writeAll(json, list.toArray());
        } else if (value.getClass().isArray()) {
            writeAll(json, value);
        } else if (value instanceof Boolean one) {
            json.writeBoolean(one);
        } else if (value instanceof Number number && isFinite(number)) {
            json.writeNumber(new BigDecimal(number.toString()));
        } else {
            json.writeString(value.toString());
        }
    }

    private static void writeAll(JsonGenerator json, Object array) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < Array.getLength(array); i++) {
            write(json, Array.get(array, i));
        }
        json.writeEndArray();
    }

    private static boolean isFinite(Number number) {
        try {
            new BigDecimal(number.toString());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
