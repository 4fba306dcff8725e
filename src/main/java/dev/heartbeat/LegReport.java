package dev.heartbeat;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.heartbeat.OneShot.Terminal;
import dev.heartbeat.model.Leg;

/** What has a check of the configuration found, a line for each thing as soon as it is known, or all as JSON at the end? */
final class LegReport {
    private static final JsonFactory JSON = new JsonFactory();
    private final PrintStream out;
    private final PrintStream err;
    private final boolean asJson;
    private final List<String> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Leg> legs = new ArrayList<>();

    LegReport(Terminal terminal, boolean asJson) {
        this.out = terminal.out();
        this.err = terminal.err();
        this.asJson = asJson;
    }

    /** In the files or in the settings. */
    void fault(String words) {
        faults.add(words);
        if (!asJson) {
            err.println(words);
        }
    }

    void warning(String words) {
        warnings.add(words);
        if (!asJson) {
            err.println("warning: " + words);
        }
    }

    /** Of what was read and is well. */
    void say(String words) {
        if (!asJson) {
            out.println(words);
        }
    }

    void add(Leg leg) {
        legs.add(leg);
        if (!asJson) {
            out.printf("%-6s%-11s%s%n", leg.verdict().word(), leg.name(), leg.words());
        }
    }

    boolean isFaulty() {
        return !faults.isEmpty() || legs.stream().anyMatch(leg -> leg.verdict() == Leg.Verdict.FAULT);
    }

    /** Tells what is still to be told; answers the exit code: 0, or 1 where there is a fault. */
    int end() {
        if (asJson) {
            out.println(json());
        }
        return isFaulty() ? 1 : 0;
    }

    private String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeBooleanField("ok", !isFaulty());
            write("faults", faults, json);
            write("warnings", warnings, json);
            json.writeArrayFieldStart("legs");
            for (Leg leg : legs) {
                json.writeStartObject();
                json.writeStringField("leg", leg.name());
                json.writeStringField("verdict", leg.verdict().word());
                json.writeStringField("words", leg.words());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(String name, List<String> lines, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (String line : lines) {
            json.writeString(line);
        }
        json.writeEndArray();
    }
}
