package dev.heartbeat.model;

import static dev.heartbeat.model.Minutes.mask;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * What is the uptime of each target of a source? Made once for all of them: those that were always up share what their group
 * has.
 */
public final class Uptimes {
    private final SourceState state;
    private final long minute;
    private final long today;
    /** Those that are not closed and in which anything was heard, ascending. */
    private final int[] hours;
    private final Map<Company, Uptime> shared = new ConcurrentHashMap<>();

    private Uptimes(SourceState state, Instant now) {
        this.state = state;
        this.minute = Minutes.minute(now);
        this.today = Minutes.day(now);
        this.hours = state.heard().values().stream().flatMapToInt(minutes -> IntStream.of(minutes.hours()))
                .filter(hour -> hour >= (today - Closing.DAYS_KEPT) * Minutes.HOURS_PER_DAY).sorted().distinct().toArray();
    }

    /** Of that state at that instant, on our clock; what it covers beyond that has not come yet. */
    public static Uptimes of(SourceState state, Instant now) {
        return new Uptimes(state, now);
    }

    /** The target's uptime, never null; of one that the state does not know nothing was observed. */
    public Uptime of(Target target) {
        TargetState known = state.targets().get(target);
        if (known == null || known.adopted()) {
            return Uptime.nothing(today);
        }
        Diary diary = known.diary();
        boolean isLikeOthers = diary.down() == Minutes.NONE && diary.gap() == Minutes.NONE && diary.stays().isEmpty();
        return !isLikeOthers ? count(diary, known.group())
                : shared.computeIfAbsent(
                        new Company(known.group(), diary.known() == null ? null : Minutes.minute(diary.known())),
                        company -> count(diary, company.group));
    }

    /** Those that were always up, in one group, and are known for equally long. */
    private record Company(String group, Long known) {
    }

    private Uptime count(Diary diary, String present) {
        Uptime.Count count = new Uptime.Count(today);
        long known = diary.known() == null ? Long.MIN_VALUE : Minutes.day(diary.known());
        for (long day = Math.max(known, today - Closing.DAYS_KEPT); day <= today; day++) {
            Minutes group = state.heard().getOrDefault(Closing.group(diary, day, present), Minutes.NONE);
            count.add(day, group.count(day) - diary.gap().count(day), diary.down().count(day));
        }
        for (int hour : hours) {
            long past = mask(hour, Long.MIN_VALUE, minute + 1);
            long lastDay = past & mask(hour, minute + 1 - Minutes.PER_DAY, Long.MAX_VALUE);
            long observed = diary.observed(hour, present, state.heard());
            long down = diary.down(hour);
            count.add(Math.floorDiv(hour, Minutes.HOURS_PER_DAY), Long.bitCount(observed & past), Long.bitCount(down & past));
            count.addToLastDay(Long.bitCount(observed & lastDay), Long.bitCount(down & lastDay));
        }
        return count.uptime();
    }
}
