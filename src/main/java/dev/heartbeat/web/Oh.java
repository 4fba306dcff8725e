package dev.heartbeat.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.json.JsonObject;

import com.fasterxml.jackson.core.JsonGenerator;

import io.smallrye.health.SmallRyeHealth;

/**
 * What would oarepo-heartbeat say of these checks? Its JSON: a check by its name, its status as a boolean, and its data beside
 * it.
 *
 * @param data what the checks gave, where SmallRye would change it
 */
record Oh(Map<String, JsonObject> checks, OwnData data) {
    static Oh of(List<SmallRyeHealth> healths, OwnData data) {
        Map<String, JsonObject> checks = new LinkedHashMap<>();
        for (SmallRyeHealth health : healths) {
            for (JsonObject check : health.getPayload().getJsonArray("checks").getValuesAs(JsonObject.class)) {
                checks.merge(check.getString("name"), check, Oh::worse);
            }
        }
        return new Oh(checks, data);
    }

    /** Of two with one name: a failure must not disappear behind the other. */
    private static JsonObject worse(JsonObject one, JsonObject other) {
        return isUp(one) ? other : one;
    }

    private static boolean isUp(JsonObject check) {
        return check.getString("status").equals("UP");
    }

    boolean status() {
        return checks.values().stream().allMatch(Oh::isUp);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("status", status());
        json.writeObjectFieldStart("checks");
        for (Map.Entry<String, JsonObject> check : checks.entrySet()) {
            json.writeObjectFieldStart(check.getKey());
            json.writeBooleanField("status", isUp(check.getValue()));
            for (Map.Entry<String, String> value : data.of(check.getValue()).entrySet()) {
                if (!value.getKey().equals("status")) {
                    json.writeFieldName(value.getKey());
                    json.writeRawValue(value.getValue());
                }
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
