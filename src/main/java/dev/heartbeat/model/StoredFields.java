package dev.heartbeat.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which fields of a store's hash does a change write, and which go? Beside {@link StateCodec#field one per target} these are
 * {@code minutes:HOUR:kind:name} and {@code days:kind:name} of a target, {@code heard:HOUR:GROUP} and {@code heard-days:GROUP};
 * older versions skip what begins with a word that is no kind.
 *
 * @param written with their values
 * @param deleted of which whoever lags behind must be told
 * @param dropped of which nobody need be told: they follow from what else is written
 */
public record StoredFields(Map<String, String> written, Set<String> deleted, Set<String> dropped) {
    static final String MINUTES = "minutes:";
    static final String DAYS = "days:";
    static final String HEARD = "heard:";
    static final String HEARD_DAYS = "heard-days:";

    /** The fields in which the state after the change differs from the one before. */
    public static StoredFields of(Change change) {
        StoredFields fields = new StoredFields(new LinkedHashMap<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        for (Target target : change.touched()) {
            TargetState state = change.next().targets().get(target);
            if (state == null) {
                fields.deleted.add(StateCodec.field(target));
            } else {
                fields.written.put(StateCodec.field(target), StateCodec.state(state));
            }
            fields.write(target, change);
        }
        for (Target target : change.marked()) {
            if (!change.touched().contains(target)) {
                fields.write(target, change);
            }
        }
        Set<String> groups = new HashSet<>(change.former().heard().keySet());
        groups.addAll(change.next().heard().keySet());
        groups.forEach(group -> fields.write(group, change));
        return fields;
    }

    private void write(Target target, Change change) {
        String field = StateCodec.field(target);
        write(diary(change.former(), target), diary(change.next(), target), MINUTES, DAYS, field);
    }

    private void write(String group, Change change) {
        write(heard(change.former(), group), heard(change.next(), group), HEARD, HEARD_DAYS, group);
    }

    /** Hours go when they are closed, which the head tells; days go with the target, or by themselves. */
    private void write(Diary before, Diary after, String hourly, String daily, String name) {
        if (before.down() != after.down() || before.gap() != after.gap()) {
            for (Minutes minutes : List.of(before.down(), before.gap(), after.down(), after.gap())) {
                for (int hour : minutes.hours()) {
                    write(hourly + hour + ":" + name, MinutesCodec.hour(before.down(), before.gap(), hour),
                            MinutesCodec.hour(after.down(), after.gap(), hour), dropped);
                }
            }
            write(daily + name, MinutesCodec.days(before.down(), before.gap()), MinutesCodec.days(after.down(), after.gap()),
                    after == Diary.EMPTY ? dropped : deleted);
        }
    }

    private static Diary diary(SourceState state, Target target) {
        TargetState known = state.targets().get(target);
        return known == null ? Diary.EMPTY : known.diary();
    }

    private static Diary heard(SourceState state, String group) {
        return new Diary(null, List.of(), state.heard().getOrDefault(group, Minutes.NONE), Minutes.NONE);
    }

    private void write(String field, String before, String after, Set<String> gone) {
        if (after == null && before != null) {
            gone.add(field);
        } else if (after != null && !after.equals(before)) {
            written.put(field, after);
        }
    }
}
