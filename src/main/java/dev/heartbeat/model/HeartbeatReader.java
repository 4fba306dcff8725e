package dev.heartbeat.model;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What does a message say? Reads ours and PH's, in one pass; keys that it does not know are passed over, so that the version
 * after this one is read as well. One reader serves one message.
 */
public final class HeartbeatReader {
    private final JsonFields json;
    private final Instant received;
    private final PhComponents components;
    private List<Observation> observations;
    private String service = SourceState.DEFAULT_SOURCE;
    private String source;
    private String boot;
    private long sequence;
    private Instant at;
    private Duration interval;
    private int part = 1;
    private int parts = 1;
    private String config;
    private Set<Target> targets;
    private boolean isHeartbeat;

    private HeartbeatReader(JsonFields json, Instant received) {
        this.json = json;
        this.received = received;
        this.components = new PhComponents(json, received);
    }

    /**
     * The heartbeat that this body is.
     *
     * @param received stands for the instant of what names none
     * @throws NotAHeartbeatException when it is none, with the reason
     */
    public static Heartbeat read(byte[] body, Instant received) throws NotAHeartbeatException {
        return JsonFields.read(body, json -> new HeartbeatReader(json, received).message());
    }

    private Heartbeat message() throws IOException, NotAHeartbeatException {
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            field(key);
        }
        if (!isHeartbeat) {
            throw new NotAHeartbeatException("none of hosts, rmq_consumers and observations is in it");
        }
        List<Observation> said = observations != null ? observations : components.observations();
        if (sequence == 0 || boot != null && boot.isBlank()) {
            // Nobody could put the messages of such a boot in order.
            boot = null;
            sequence = 0;
        }
        return new Heartbeat(source != null ? source : service, boot, sequence, boot != null && at != null ? at : newest(said),
                interval, part, parts, config, targets, said);
    }

    /** PH's own timestamp is that of its start: the components know better. */
    private static Instant newest(List<Observation> observations) {
        Instant newest = null;
        for (Observation observation : observations) {
            newest = newest == null || observation.at().isAfter(newest) ? observation.at() : newest;
        }
        return newest;
    }

    private void field(String key) throws IOException, NotAHeartbeatException {
        isHeartbeat |= key.equals("hosts") || key.equals("rmq_consumers") || key.equals("observations");
        switch (key) {
            case "service" -> service = json.text(key);
            case "hosts" -> components.list(key, Kind.HOST);
            case "rmq_consumers" -> components.consumers(key);
            case "source" -> source = json.text(key);
            case "boot" -> boot = json.text(key);
            case "sequence" -> sequence = json.number(key, Long.MAX_VALUE);
            case "at" -> at = json.instant(key);
            case "interval" -> interval = json.seconds(key);
            case "part" -> part = (int) json.number(key, Integer.MAX_VALUE);
            case "parts" -> parts = (int) json.number(key, Integer.MAX_VALUE);
            case "config" -> config = json.text(key);
            case "targets" -> targets = targets(key);
            case "observations" -> observations = observations(key);
            default -> json.skip();
        }
    }

    private Set<Target> targets(String key) throws IOException, NotAHeartbeatException {
        json.object(key);
        Set<Target> named = new HashSet<>();
        for (String word = json.nextKey(); word != null; word = json.nextKey()) {
            Kind kind = Kind.of(word);
            if (kind == null) {
                json.skip();
                continue;
            }
            json.list(key);
            while (json.nextElement()) {
                named.add(new Target(kind, json.text(key)));
            }
        }
        return named;
    }

    private List<Observation> observations(String key) throws IOException, NotAHeartbeatException {
        json.list(key);
        List<Observation> said = new ArrayList<>(components.observations().size());
        while (json.nextElement()) {
            json.object(key);
            Observation observation = new ObservationFields().read(json, received);
            if (observation != null) {
                said.add(observation);
            }
        }
        return said;
    }
}
