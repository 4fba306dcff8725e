package dev.heartbeat.model;

/**
 * How does a store write minutes? Those of an open hour as {@code down:gap} in hexadecimal, of which the gap is left out where
 * there is none; the counts of closed days as {@code first:down/gap,down/gap,...} from a first day on, day after day, of which
 * what is zero is left out. What was heard of a group is written as what is down.
 */
final class MinutesCodec {
    private static final int HEX = 16;

    private MinutesCodec() {
    }

    /** Null where nothing was so in that hour. */
    static String hour(Minutes down, Minutes gap, long hour) {
        long one = down.bits(hour);
        long other = gap.bits(hour);
        return one == 0 && other == 0 ? null : Long.toHexString(one) + (other == 0 ? "" : ":" + Long.toHexString(other));
    }

    /** Null where nothing is counted. */
    static String days(Minutes down, Minutes gap) {
        if (down.days().length == 0 && gap.days().length == 0) {
            return null;
        }
        int first = Math.min(edge(down, true, Integer.MAX_VALUE), edge(gap, true, Integer.MAX_VALUE));
        int last = Math.max(edge(down, false, 0), edge(gap, false, 0));
        StringBuilder text = new StringBuilder().append(first);
        for (int day = first; day <= last; day++) {
            text.append(day == first ? ':' : ',').append(down.count(day) == 0 ? "" : String.valueOf(down.count(day)))
                    .append(gap.count(day) == 0 ? "" : "/" + gap.count(day));
        }
        return text.toString();
    }

    private static int edge(Minutes minutes, boolean first, int otherwise) {
        int[] days = minutes.days();
        return days.length == 0 ? otherwise : days[first ? 0 : days.length - 1];
    }

    /** The diary with that hour as it is written; null stands for an hour of which nothing is written. */
    static Diary withHour(Diary diary, long hour, String text) {
        String[] parts = text == null ? new String[0] : text.split(":");
        return diary.with(diary.down().with(hour, bits(parts, 0)), diary.gap().with(hour, bits(parts, 1)));
    }

    /** The diary with these days as they are written, and no others. */
    static Diary withDays(Diary diary, String text) {
        Minutes down = diary.down().since(Integer.MIN_VALUE, Integer.MAX_VALUE);
        Minutes gap = diary.gap().since(Integer.MIN_VALUE, Integer.MAX_VALUE);
        String[] parts = text == null ? new String[0] : text.split(":");
        if (parts.length == 2) {
            int day = Integer.parseInt(parts[0]);
            for (String count : parts[1].split(",")) {
                String[] counts = count.split("/");
                down = down.plus(day, number(counts, 0));
                gap = gap.plus(day, number(counts, 1));
                day++;
            }
        }
        return diary.with(down, gap);
    }

    private static long bits(String[] parts, int index) {
        return index >= parts.length || parts[index].isEmpty() ? 0 : Long.parseUnsignedLong(parts[index], HEX);
    }

    private static int number(String[] parts, int index) {
        return index >= parts.length || parts[index].isEmpty() ? 0 : Integer.parseInt(parts[index]);
    }
}
