package dev.heartbeat.model;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;

/** What do the five keys of the Python Healthcheck say, and how are they written? */
final class HealthcheckRecord {
    /** It names no program; all that speak so on one topic are one. */
    static final String BOOT = "healthcheck";
    private static final int MOST_STATUS = 999;
    private static final int FIRST_ERROR = 400;
    /** It has no other word for an answer than a status: a target of another protocol that is up has none. */
    private static final int ANSWERED = 200;
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);
    /** It writes local time without saying where; a container's is UTC. */
    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME).optionalStart().appendOffsetId().toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private String url;
    private Instant at;
    private int status;
    private Boolean match;
    private Duration latency;

    /** Whether a record with these keys is one. */
    static boolean has(Set<String> keys) {
        return keys.contains("measurement_time") && keys.contains("url");
    }

    Observation read(JsonFields json) throws IOException, NotAHeartbeatException {
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            field(key, json);
        }
        if (url.isBlank()) {
            throw new NotAHeartbeatException("url: blank");
        }
        Evidence evidence = status == 0 && match == null ? null : new Evidence(status == 0 ? null : status, match, null);
        return new Observation(RecordReader.website(url), outcome(), at, latency, evidence, new Asked(url, null));
    }

    private void field(String key, JsonFields json) throws IOException, NotAHeartbeatException {
        switch (key) {
            case "url" -> url = json.text(key);
            case "measurement_time" -> at = instant(key, json.text(key));
            case "status_code" -> status = json.isNull() ? 0 : (int) json.number(key, MOST_STATUS);
            case "regex_match" -> match = json.isNull() ? null : (Boolean) json.truth(key);
            case "response_time" -> latency = json.isNull() ? null : json.seconds(key);
            default -> json.skip();
        }
    }

    private Outcome outcome() {
        if (status == 0) {
            return Outcome.down(Reason.UNREACHABLE, "no answer");
        }
        if (status >= FIRST_ERROR) {
            return Outcome.down(Reason.REJECTED, "status " + status);
        }
        return Boolean.FALSE.equals(match) ? Outcome.down(Reason.MISMATCH, "the body does not match") : Outcome.UP;
    }

    private static Instant instant(String key, String text) throws NotAHeartbeatException {
        try {
            TemporalAccessor parsed = READ.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
            Instant instant = parsed instanceof OffsetDateTime there ? there.toInstant()
                    : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
            if (PhTime.isSayable(instant)) {
                return instant.truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new NotAHeartbeatException(key + ": not an instant");
    }

    static void write(JsonGenerator json, Observation observation) throws IOException {
        Evidence evidence = observation.evidence();
        boolean answered = observation.outcome().reason() == null || observation.outcome().reason().isAnAnswer();
        json.writeNumberField("status_code", !answered ? 0
                : evidence != null && evidence.status() != null ? evidence.status() : ANSWERED);
        Duration latency = observation.latency();
        json.writeFieldName("response_time");
        json.writeNumber(RecordWriter.decimal(latency == null ? 0 : RecordWriter.micros(latency), 6));
        RecordWriter.truth(json, "regex_match", answered && evidence != null ? evidence.match() : null);
        RecordWriter.text(json, "url", observation.address());
        json.writeStringField("measurement_time", WRITTEN.format(PhTime.sayable(observation.at()).atOffset(ZoneOffset.UTC)));
    }
}
