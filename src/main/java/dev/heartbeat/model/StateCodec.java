package dev.heartbeat.model;

import static dev.heartbeat.model.StoredJson.duration;
import static dev.heartbeat.model.StoredJson.instant;
import static dev.heartbeat.model.StoredJson.put;
import static dev.heartbeat.model.StoredJson.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How does a store write a state? As one text per target, under a {@link #field}, and one for the rest, the head: so that a
 * round in which nothing happened writes the head alone, and once a minute which of its groups was heard. Which fields a
 * change writes is told by {@link StoredFields}, what they mean by {@link StateDraft}.
 */
public final class StateCodec {
    private static final char SEPARATOR = ':';

    private StateCodec() {
    }

    /** Under which key a target is written: {@code kind:name}. */
    public static String field(Target target) {
        return target.kind().word() + SEPARATOR + target.name();
    }

    /** The target of that key; null where its kind is not known, which a newer version may have written. */
    public static Target target(String field) {
        int end = field == null ? -1 : field.indexOf(SEPARATOR);
        Kind kind = end < 0 ? null : Kind.of(field.substring(0, end));
        return kind == null ? null : new Target(kind, field.substring(end + 1));
    }

    /** Everything but the targets and the version, as JSON. */
    public static String head(SourceState state) {
        return HeadCodec.write(state);
    }

    /** The state whose head this is, with these targets, and without a minute in which a group was heard. */
    public static SourceState state(String source, long version, String head, Map<Target, TargetState> targets) {
        return HeadCodec.read(source, version, head, targets, Map.of());
    }

    public static String state(TargetState target) {
        return TargetCodec.write(target);
    }

    public static TargetState state(String json) {
        return TargetCodec.read(json);
    }

    public static String transition(Transition transition) {
        return StoredJson.object(out -> {
            put(out, "source", transition.source());
            put(out, "target", transition.target() == null ? null : field(transition.target()));
            put(out, "from", transition.from());
            put(out, "to", transition.to());
            put(out, "at", transition.at());
            put(out, "reason", transition.reason());
            put(out, "detail", transition.detail());
            put(out, "lasted", transition.lasted());
            put(out, "telling", transition.telling() == Telling.NEWS ? null : transition.telling());
        });
    }

    /** The transition of that JSON; null when it is none, or one of a target whose kind is not known. */
    public static Transition transition(String json) {
        var parts = new Object() {
            String source;
            String target;
            Health from;
            Health to;
            Instant at;
            Reason reason;
            String detail;
            Duration lasted;
            Telling telling = Telling.NEWS;
        };
        try {
            StoredJson.read(json, (name, in) -> {
                switch (name) {
                    case "source" -> parts.source = text(in);
                    case "target" -> parts.target = text(in);
                    case "from" -> parts.from = TargetCodec.health(text(in));
                    case "to" -> parts.to = TargetCodec.health(text(in));
                    case "at" -> parts.at = instant(in);
                    case "reason" -> parts.reason = Reason.of(text(in));
                    case "detail" -> parts.detail = text(in);
                    case "lasted" -> parts.lasted = duration(in);
                    case "telling" -> parts.telling = telling(text(in));
                    default -> in.skipChildren();
                }
            });
        } catch (IllegalArgumentException malformed) {
            return null;
        }
        Target target = target(parts.target);
        boolean isOfSource = parts.target == null;
        return parts.source == null || parts.at == null || target == null && !isOfSource ? null
                : new Transition(parts.source, target, parts.from, parts.to, parts.at, parts.reason, parts.detail, parts.lasted,
                        parts.telling);
    }

    /** What a newer version says is at least history. */
    private static Telling telling(String name) {
        for (Telling telling : Telling.values()) {
            if (telling.name().equals(name)) {
                return telling;
            }
        }
        return Telling.PAST;
    }
}
