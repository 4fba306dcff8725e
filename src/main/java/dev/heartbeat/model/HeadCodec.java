package dev.heartbeat.model;

import static dev.heartbeat.model.StoredJson.duration;
import static dev.heartbeat.model.StoredJson.elements;
import static dev.heartbeat.model.StoredJson.fields;
import static dev.heartbeat.model.StoredJson.instant;
import static dev.heartbeat.model.StoredJson.mark;
import static dev.heartbeat.model.StoredJson.number;
import static dev.heartbeat.model.StoredJson.put;
import static dev.heartbeat.model.StoredJson.text;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;

/** How does a store write what is known of a source beside its targets? Tolerant as {@link TargetCodec}. */
final class HeadCodec {
    /** Of this text; a reader of another version reads what it knows. */
    private static final int VERSION = 1;

    private Speaker speaker = Speaker.NOBODY;
    private final Map<String, Group> groups = new HashMap<>();
    private long closed;
    private String config;
    private Mark listed;
    private final List<Long> prints = new ArrayList<>();

    private HeadCodec() {
    }

    static String write(SourceState state) {
        return StoredJson.object(out -> {
            out.writeNumberField("v", VERSION);
            writeSpeaker(out, state.speaker());
            out.writeArrayFieldStart("groups");
            for (Group group : state.groups().values()) {
                writeGroup(out, group);
            }
            out.writeEndArray();
            if (state.closed() != 0) {
                out.writeNumberField("closed", state.closed());
            }
            put(out, "config", state.config());
            put(out, "listed", state.listed());
            out.writeArrayFieldStart("prints");
            for (Long print : state.prints()) {
                out.writeNumber(print);
            }
            out.writeEndArray();
        });
    }

    /** The state of that head, with these targets and the minutes in which each group was heard. */
    static SourceState read(String source, long version, String json, Map<Target, TargetState> targets,
            Map<String, Minutes> heard) {
        HeadCodec head = new HeadCodec();
        StoredJson.read(json, head::read);
        return new SourceState(source, version, head.speaker, head.groups, head.config, head.listed, head.prints, targets,
                heard, head.closed);
    }

    private void read(String name, JsonParser in) throws IOException {
        switch (name) {
            case "speaker" -> speaker = speaker(in);
            case "groups" -> elements(in, this::readGroup);
            case "closed" -> closed = number(in);
            case "config" -> config = text(in);
            case "listed" -> listed = mark(in);
            case "prints" -> elements(in, print -> prints.add(number(print)));
            default -> in.skipChildren();
        }
    }

    private static void writeSpeaker(JsonGenerator out, Speaker speaker) throws IOException {
        out.writeObjectFieldStart("speaker");
        put(out, "boot", speaker.boot());
        put(out, "former", speaker.former());
        put(out, "offset", speaker.offset());
        put(out, "received", speaker.received());
        put(out, "said", speaker.said());
        out.writeNumberField("paced", speaker.paced());
        put(out, "rival", speaker.rival());
        out.writeEndObject();
    }

    private static Speaker speaker(JsonParser in) throws IOException {
        var parts = new Object() {
            String boot;
            String former;
            Duration offset;
            Instant received;
            Instant said;
            int paced;
            Instant rival;
        };
        fields(in, (name, at) -> {
            switch (name) {
                case "boot" -> parts.boot = text(at);
                case "former" -> parts.former = text(at);
                case "offset" -> parts.offset = duration(at);
                case "received" -> parts.received = instant(at);
                case "said" -> parts.said = instant(at);
                case "paced" -> parts.paced = (int) number(at);
                case "rival" -> parts.rival = instant(at);
                default -> at.skipChildren();
            }
        });
        return new Speaker(parts.boot, parts.former, parts.offset, parts.received, parts.said, parts.paced, parts.rival);
    }

    private static void writeGroup(JsonGenerator out, Group group) throws IOException {
        out.writeStartObject();
        put(out, "key", group.key());
        put(out, "interval", group.interval());
        put(out, "heard", group.heard());
        put(out, "mark", group.mark());
        out.writeArrayFieldStart("gaps");
        for (Duration gap : group.gaps()) {
            out.writeString(gap.toString());
        }
        out.writeEndArray();
        put(out, "silent", group.silent());
        if (group.beats() != 0) {
            out.writeNumberField("beats", group.beats());
        }
        out.writeEndObject();
    }

    private void readGroup(JsonParser in) throws IOException {
        var parts = new Object() {
            String key = Group.UNNAMED;
            Duration interval;
            Instant heard;
            Mark mark;
            final List<Duration> gaps = new ArrayList<>();
            Instant silent;
            long beats;
        };
        fields(in, (name, at) -> {
            switch (name) {
                case "key" -> parts.key = String.valueOf(text(at));
                case "interval" -> parts.interval = duration(at);
                case "heard" -> parts.heard = instant(at);
                case "mark" -> parts.mark = mark(at);
                case "gaps" -> elements(at, gap -> parts.gaps.add(gap(gap)));
                case "silent" -> parts.silent = instant(at);
                case "beats" -> parts.beats = number(at);
                default -> at.skipChildren();
            }
        });
        groups.put(parts.key,
                new Group(parts.key, parts.interval, parts.heard, parts.mark, parts.gaps, parts.silent, parts.beats));
    }

    private static Duration gap(JsonParser in) throws IOException {
        Duration gap = duration(in);
        return gap == null ? Duration.ZERO : gap;
    }
}
