package dev.heartbeat.model;

import static dev.heartbeat.model.Minutes.HOURS_PER_DAY;

import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What becomes of minutes when all hours before one are closed? Each is counted into its day, and what is older than the days
 * kept goes. For what a target was observed less than its group, the group that it was in when the day began is asked: so
 * that a target that is always up needs no count.
 */
final class Closing {
    static final int DAYS_KEPT = 90;
    private static final int HOURS_OPEN = 48;

    private final Map<String, Minutes> heard;
    private final long hour;
    private final long firstDay;
    /** Those to be closed in which anything was heard, ascending. */
    private final int[] hours;

    /** Closes all before that hour; {@code heard} as it was before. */
    Closing(Map<String, Minutes> heard, long hour) {
        this.heard = heard;
        this.hour = hour;
        this.firstDay = Math.floorDiv(hour + HOURS_OPEN, HOURS_PER_DAY) - DAYS_KEPT;
        this.hours = heard.values().stream().flatMapToInt(minutes -> IntStream.of(minutes.hours()))
                .filter(open -> open < hour).sorted().distinct().toArray();
    }

    /** The hour before which all are closed when something new is heard at that instant. */
    static long before(Instant received) {
        return Minutes.hour(received) - HOURS_OPEN;
    }

    /** The minutes in which a group was heard. */
    Minutes close(Minutes group) {
        Minutes counted = group;
        for (int open : hours) {
            counted = counted.plus(day(open), Long.bitCount(group.bits(open)));
        }
        return counted.since(hour, firstDay);
    }

    /** The diary of a target that is now in that group; itself where nothing changes. */
    Diary close(Diary diary, String present) {
        Minutes down = diary.down();
        Minutes gap = diary.gap();
        if (!isLikeItsGroup(diary)) {
            for (int open : hours) {
                down = down.plus(day(open), Long.bitCount(diary.down(open)));
                gap = gap.plus(day(open), lost(diary, open, present));
            }
        }
        return diary.with(down.since(hour, firstDay), gap.since(hour, firstDay));
    }

    private boolean isLikeItsGroup(Diary diary) {
        return diary.down() == Minutes.NONE && diary.gap() == Minutes.NONE && diary.stays().isEmpty()
                && (diary.known() == null || hours.length == 0
                        || Minutes.minute(diary.known()) <= (long) hours[0] * Minutes.PER_HOUR);
    }

    private int lost(Diary diary, int open, String present) {
        if (diary.known() != null && day(open) < Minutes.day(diary.known())) {
            return 0;
        }
        Minutes group = heard.getOrDefault(group(diary, day(open), present), Minutes.NONE);
        return Long.bitCount(group.bits(open)) - Long.bitCount(diary.observed(open, present, heard));
    }

    /** The group with which a target is compared on that day. */
    static String group(Diary diary, long day, String present) {
        return diary.stays().isEmpty() ? present : diary.group(Instant.ofEpochSecond(day * HOURS_PER_DAY * 3600), present);
    }

    private static long day(long hour) {
        return Math.floorDiv(hour, HOURS_PER_DAY);
    }
}
