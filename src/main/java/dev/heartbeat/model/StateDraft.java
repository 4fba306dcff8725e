package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What is a state, now that some of its stored fields have changed since it was known? Reads what {@link StoredFields} writes;
 * used once.
 */
public final class StateDraft {
    private final SourceState former;
    private final Map<Target, TargetState> targets;
    private final Map<String, Minutes> heard;
    /** Minutes are read once all states are. */
    private final List<Runnable> minutes = new ArrayList<>();

    /** {@code former} is the state of which only later changes are read; an unheard one when all is read. */
    public StateDraft(SourceState former) {
        this.former = former;
        this.targets = new HashMap<>(former.targets());
        this.heard = new HashMap<>(former.heard());
    }

    /**
     * One field; what a newer version may have written is skipped.
     *
     * @param value null when the field is no more
     * @throws IllegalArgumentException when the value is none that any version writes
     */
    public void read(String field, String value) {
        if (field.startsWith(StoredFields.MINUTES)) {
            readHour(field.substring(StoredFields.MINUTES.length()), (name, hour) -> mark(StateCodec.target(name),
                    diary -> MinutesCodec.withHour(diary, hour, value)));
        } else if (field.startsWith(StoredFields.DAYS)) {
            mark(StateCodec.target(field.substring(StoredFields.DAYS.length())), diary -> MinutesCodec.withDays(diary, value));
        } else if (field.startsWith(StoredFields.HEARD)) {
            readHour(field.substring(StoredFields.HEARD.length()),
                    (group, hour) -> hear(group, diary -> MinutesCodec.withHour(diary, hour, value)));
        } else if (field.startsWith(StoredFields.HEARD_DAYS)) {
            hear(field.substring(StoredFields.HEARD_DAYS.length()), diary -> MinutesCodec.withDays(diary, value));
        } else {
            readTarget(StateCodec.target(field), value);
        }
    }

    /** The state of that version and head, once all fields are read. */
    public SourceState state(long version, String head) {
        minutes.forEach(Runnable::run);
        SourceState state = HeadCodec.read(former.source(), version, head, targets, heard);
        if (state.closed() > former.closed()) {
            // The fields of closed hours are gone without a word.
            targets.replaceAll((target, known) -> open(known, state.closed()));
            heard.replaceAll((group, known) -> known.since(state.closed(), Integer.MIN_VALUE));
            heard.values().removeIf(Minutes.NONE::equals);
            return HeadCodec.read(former.source(), version, head, targets, heard);
        }
        return state;
    }

    private static TargetState open(TargetState state, long closed) {
        Diary diary = state.diary();
        Diary open = diary.with(diary.down().since(closed, Integer.MIN_VALUE), diary.gap().since(closed, Integer.MIN_VALUE));
        return open == diary ? state : state.with(open);
    }

    private interface Hour {
        void read(String name, long hour);
    }

    private static void readHour(String field, Hour reader) {
        int end = field.indexOf(':');
        if (end > 0) {
            reader.read(field.substring(end + 1), Long.parseLong(field.substring(0, end)));
        }
    }

    /** Its minutes stay, unless it was retired meanwhile and has come back. */
    private void readTarget(Target target, String value) {
        if (target == null) {
            return;
        }
        if (value == null) {
            targets.remove(target);
            return;
        }
        TargetState read = StateCodec.state(value);
        TargetState known = former.targets().get(target);
        boolean same = known != null && (known.diary().known() == null || read.diary().knows(known.diary().known()));
        targets.put(target, !same ? read : read.with(read.diary().with(known.diary().down(), known.diary().gap())));
    }

    private void mark(Target target, UnaryOperator<Diary> reader) {
        minutes.add(() -> {
            TargetState known = target == null ? null : targets.get(target);
            if (known != null) {
                targets.put(target, known.with(reader.apply(known.diary())));
            }
        });
    }

    private void hear(String group, UnaryOperator<Diary> reader) {
        Minutes known = heard.getOrDefault(group, Minutes.NONE);
        Minutes read = reader.apply(new Diary(null, List.of(), known, Minutes.NONE)).down();
        if (read == Minutes.NONE) {
            heard.remove(group);
        } else {
            heard.put(group, read);
        }
    }
}
