package dev.heartbeat.model;

import static dev.heartbeat.model.StoredJson.elements;
import static dev.heartbeat.model.StoredJson.fields;
import static dev.heartbeat.model.StoredJson.instant;
import static dev.heartbeat.model.StoredJson.mark;
import static dev.heartbeat.model.StoredJson.number;
import static dev.heartbeat.model.StoredJson.put;
import static dev.heartbeat.model.StoredJson.text;
import static dev.heartbeat.model.StoredJson.truth;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;

/** How does a store write one target's state? Tolerant: unknown keys are ignored, missing ones have their default. */
final class TargetCodec {
    private TargetCodec() {
    }

    static String write(TargetState target) {
        return StoredJson.object(out -> {
            put(out, "health", target.health());
            put(out, "former", target.former());
            put(out, "reason", target.reason());
            put(out, "detail", target.detail());
            put(out, "since", target.since());
            put(out, "lastUp", target.lastUp());
            put(out, "lastDown", target.lastDown());
            put(out, "group", target.group());
            put(out, "rides", target.rides());
            put(out, "mark", target.mark());
            put(out, "unknownSince", target.unknownSince());
            put(out, "adopted", target.adopted());
            write(out, target.steadiness());
            put(out, "known", target.diary().known());
            writeStays(out, target.diary().stays());
        });
    }

    private static void write(JsonGenerator out, Steadiness steadiness) throws IOException {
        put(out, "streak", steadiness.streak());
        put(out, "flips", steadiness.flips());
        put(out, "beat", steadiness.beat());
        put(out, "flapping", steadiness.flapping());
    }

    private static void writeStays(JsonGenerator out, List<Diary.Stay> stays) throws IOException {
        if (stays.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("stays");
        for (Diary.Stay stay : stays) {
            out.writeStartObject();
            put(out, "group", stay.group());
            put(out, "until", stay.until());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static TargetState read(String json) {
        Draft draft = new Draft();
        StoredJson.read(json, draft::read);
        return draft.state();
    }

    /** The health of that name; what a newer version says is not known here. */
    static Health health(String name) {
        if (name == null) {
            return null;
        }
        for (Health health : Health.values()) {
            if (health.name().equals(name)) {
                return health;
            }
        }
        return Health.UNKNOWN;
    }

    /** What was read of a target so far. */
    private static final class Draft {
        private Health health;
        private Health former;
        private Reason reason;
        private String detail;
        private Instant since;
        private Instant lastUp;
        private Instant lastDown;
        private String group;
        private boolean rides;
        private Mark mark;
        private Instant unknownSince;
        private boolean adopted;
        private long streak;
        private long flips;
        private long beat;
        private boolean flapping;
        private Instant known;
        private final List<Diary.Stay> stays = new ArrayList<>(0);

        void read(String name, JsonParser in) throws IOException {
            switch (name) {
                case "health" -> health = TargetCodec.health(text(in));
                case "former" -> former = TargetCodec.health(text(in));
                case "reason" -> reason = Reason.of(text(in));
                case "detail" -> detail = text(in);
                case "since" -> since = instant(in);
                case "lastUp" -> lastUp = instant(in);
                case "lastDown" -> lastDown = instant(in);
                case "group" -> group = text(in);
                case "rides" -> rides = truth(in);
                case "mark" -> mark = mark(in);
                case "unknownSince" -> unknownSince = instant(in);
                case "adopted" -> adopted = truth(in);
                case "streak" -> streak = number(in);
                case "flips" -> flips = number(in);
                case "beat" -> beat = number(in);
                case "flapping" -> flapping = truth(in);
                case "known" -> known = instant(in);
                case "stays" -> elements(in, this::readStay);
                default -> in.skipChildren();
            }
        }

        private void readStay(JsonParser in) throws IOException {
            var parts = new Object() {
                String group;
                Instant until;
            };
            fields(in, (name, at) -> {
                switch (name) {
                    case "group" -> parts.group = text(at);
                    case "until" -> parts.until = instant(at);
                    default -> at.skipChildren();
                }
            });
            if (parts.group != null && parts.until != null) {
                stays.add(new Diary.Stay(parts.group, parts.until));
            }
        }

        /** The minutes of its diary stand elsewhere. */
        private Diary diary() {
            return known == null && stays.isEmpty() ? Diary.EMPTY : new Diary(known, stays, Minutes.NONE, Minutes.NONE);
        }

        TargetState state() {
            Instant begin = since == null ? Instant.EPOCH : since;
            return new TargetState(health == null ? Health.UNKNOWN : health, former, reason, detail, begin, lastUp, lastDown,
                    group == null ? Group.UNNAMED : group, rides, mark == null ? new Mark(begin, null, 0) : mark, unknownSince,
                    adopted, new Steadiness((int) Math.max(0, Math.min(streak, Integer.MAX_VALUE)), flips, beat, flapping),
                    diary());
        }
    }
}
