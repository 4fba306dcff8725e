package dev.heartbeat;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** For whom is the log written? */
enum LogFormat {
    /** For a person: a line is time, level and words. */
    TEXT,
    /** For a program: a line is an object. */
    JSON;

    private static final String VARIABLE = "LOG_FORMAT";
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Text for a word that is none, which is told where settings are checked. */
    static LogFormat of(Map<String, String> environment) {
        return JSON.name().equals(environment.getOrDefault(VARIABLE, "").strip().toUpperCase(Locale.ROOT)) ? JSON : TEXT;
    }

    static void tell(Map<String, String> environment, Mode mode, BiConsumer<String, String> properties) {
        if (of(environment) == JSON) {
            properties.accept("quarkus.log.console.json.enabled", "true");
            properties.accept("quarkus.log.console.json.additional-field.mode.value", mode.word());
        }
    }

    /** What is wrong before there is a log. */
    void print(List<String> faults, PrintStream out) {
        faults.forEach(fault -> out.println(switch (this) {
            case TEXT -> fault;
            case JSON -> json(fault);
        }));
    }

    private static String json(String fault) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("timestamp", Instant.now().toString());
            json.writeStringField("loggerName", Start.class.getName());
            json.writeStringField("level", "ERROR");
            json.writeStringField("message", fault);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }
}
