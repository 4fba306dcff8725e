package dev.heartbeat.model;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** What does one element of {@code observations} say? Filled field by field, in whatever order they come. */
final class ObservationFields {
    private static final String LIST = "observations";
    private String kind;
    private String name;
    private String outcome;
    private String reason;
    private String detail;
    private Duration latency;
    private Integer code;
    private Boolean match;
    private Instant expiry;
    private String address;
    private String pattern;

    /** The observation, or null for one of a kind that only a newer version knows. */
    Observation read(JsonFields json, Instant received) throws IOException, NotAHeartbeatException {
        Instant at = received;
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            if (key.equals("at")) {
                at = json.instant(LIST + ".at");
            } else {
                field(key, json);
            }
        }
        if (kind == null || name == null || outcome == null) {
            String missing = kind == null ? "kind" : name == null ? "name" : "outcome";
            throw new NotAHeartbeatException(LIST + ": an observation without " + missing);
        }
        Evidence evidence = code == null && match == null && expiry == null ? null : new Evidence(code, match, expiry);
        Kind known = Kind.of(kind);
        Asked asked = address == null && pattern == null ? null : new Asked(address == null ? name : address, pattern);
        return known == null ? null : new Observation(new Target(known, name), outcome(), at, latency, evidence, asked);
    }

    private void field(String key, JsonFields json) throws IOException, NotAHeartbeatException {
        switch (key) {
            case "kind" -> kind = json.text(LIST + ".kind");
            case "name" -> name = json.text(LIST + ".name");
            case "outcome" -> outcome = json.text(LIST + ".outcome");
            case "reason" -> reason = json.text(LIST + ".reason");
            case "detail" -> detail = json.text(LIST + ".detail");
            case "latency" -> latency = json.seconds(LIST + ".latency");
            case "code" -> code = (int) json.number(LIST + ".code", Integer.MAX_VALUE);
            case "match" -> match = json.truth(LIST + ".match");
            case "certificate_expiry" -> expiry = json.instant(LIST + ".certificate_expiry");
            case "address" -> address = json.text(LIST + ".address");
            case "pattern" -> pattern = json.text(LIST + ".pattern");
            default -> json.skip();
        }
    }

    private Outcome outcome() throws NotAHeartbeatException {
        Reason why = reason == null ? Reason.UNSTATED : Reason.of(reason);
        return switch (outcome) {
            case "up" -> Outcome.UP;
            case "down" -> Outcome.down(why, detail);
            case "unknown" -> Outcome.unknown(why, detail);
            default -> throw new NotAHeartbeatException(LIST + ".outcome: none of up, down and unknown");
        };
    }
}
