package dev.heartbeat.model;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonGenerator;

/** What do the seven keys of the Service health checker say, and how are they written? Its reader dies on an eighth. */
final class MetricsRecord {
    /** It names no program; all that speak so on one topic are one. */
    static final String BOOT = "metrics";
    private static final int MOST_STATUS = 999;
    private static final int FIRST_ERROR = 400;
    /** An error in our own words: the reason, and the detail where there is one. */
    private static final Pattern OURS = Pattern.compile("([A-Z_]{2,20})(?:: (.*))?", Pattern.DOTALL);
    /** It tells of a wrong status in the error only. */
    private static final Pattern STATUS = Pattern.compile("HTTP Error \\d{3}\\b.*", Pattern.DOTALL);

    private String target;
    private Instant at;
    private String error;
    private Duration latency;
    private Integer status;
    private String pattern;
    private Boolean found;

    /** Whether a record with these keys is one. */
    static boolean has(Set<String> keys) {
        return keys.contains("target") && (keys.contains("latency_ms") || keys.contains("timestamp"));
    }

    Observation read(JsonFields json) throws IOException, NotAHeartbeatException {
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            field(key, json);
        }
        if (target.isBlank() || at == null) {
            throw new NotAHeartbeatException(at == null ? "timestamp: missing" : "target: blank");
        }
        Evidence evidence = status == null && found == null ? null : new Evidence(status, found, null);
        return new Observation(RecordReader.website(target), outcome(), at, latency, evidence, new Asked(target, pattern));
    }

    private void field(String key, JsonFields json) throws IOException, NotAHeartbeatException {
        switch (key) {
            case "target" -> target = json.text(key);
            case "timestamp" -> at = json.epochSeconds(key);
            case "error" -> error = json.isNull() ? null : json.text(key);
            case "latency_ms" -> latency = json.isNull() ? null : json.millis(key);
            case "status" -> status = json.isNull() ? null : (Integer) (int) json.number(key, MOST_STATUS);
            case "pattern" -> pattern = json.isNull() ? null : json.text(key);
            case "is_pattern_found" -> found = json.isNull() ? null : (Boolean) json.truth(key);
            default -> json.skip();
        }
    }

    private Outcome outcome() {
        if (error != null) {
            return failed();
        }
        if (status != null && status >= FIRST_ERROR) {
            return Outcome.down(Reason.REJECTED, "status " + status);
        }
        return Boolean.FALSE.equals(found) ? Outcome.down(Reason.MISMATCH, "the body does not match") : Outcome.UP;
    }

    private Outcome failed() {
        Matcher ours = OURS.matcher(error);
        if (ours.matches() && Reason.of(ours.group(1)).name().equals(ours.group(1))) {
            return Outcome.down(Reason.of(ours.group(1)), ours.group(2));
        }
        boolean answered = status != null || STATUS.matcher(error).matches();
        return Outcome.down(answered ? Reason.REJECTED : Reason.UNREACHABLE, error);
    }

    static void write(JsonGenerator json, Observation observation) throws IOException {
        Evidence evidence = observation.evidence();
        Integer code = evidence == null ? null : evidence.status();
        json.writeFieldName("timestamp");
        json.writeNumber(RecordWriter.decimal(RecordWriter.micros(PhTime.sayable(observation.at())), 6));
        RecordWriter.text(json, "target", observation.address());
        RecordWriter.text(json, "error", error(observation.outcome(), evidence));
        json.writeFieldName("latency_ms");
        if (observation.latency() == null) {
            json.writeNull();
        } else {
            json.writeNumber(RecordWriter.decimal(RecordWriter.micros(observation.latency()), 3));
        }
        json.writeFieldName("status");
        if (code == null) {
            json.writeNull();
        } else {
            json.writeNumber(code);
        }
        RecordWriter.text(json, "pattern", observation.asked() == null ? null : observation.asked().pattern());
        RecordWriter.truth(json, "is_pattern_found", evidence == null ? null : evidence.match());
    }

    /** That the pattern was not found has a key of its own, and is no error there. */
    private static String error(Outcome outcome, Evidence evidence) {
        boolean told = outcome.reason() == Reason.MISMATCH && evidence != null && Boolean.FALSE.equals(evidence.match());
        if (outcome.reason() == null || told) {
            return null;
        }
        return outcome.detail() == null ? outcome.reason().name() : outcome.reason().name() + ": " + outcome.detail();
    }
}
