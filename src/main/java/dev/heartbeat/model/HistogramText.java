package dev.heartbeat.model;

import java.util.Arrays;

/** How is a histogram written? {@code 1500 2300 5600 42:2 43:1}: shortest, longest, sum, and the count of each bucket. */
final class HistogramText {
    private static final String NUMBER = "\\d{1,18}";
    private static final String CELL = "\\d{1,3}:\\d{1,14}";
    private static final int HEAD = 3;

    private HistogramText() {
    }

    static String write(long[] cells, int min, int max, long sum) {
        StringBuilder text = new StringBuilder().append(min).append(' ').append(max).append(' ').append(sum);
        for (long cell : cells) {
            text.append(' ').append(Histogram.bucket(cell)).append(':').append(Histogram.count(cell));
        }
        return text.toString();
    }

    static Histogram parse(String text) {
        String[] parts = text == null ? new String[0] : text.split(" ");
        if (parts.length <= HEAD || !Arrays.stream(parts, 0, HEAD).allMatch(part -> part.matches(NUMBER))) {
            return null;
        }
        long min = Long.parseLong(parts[0]);
        long max = Long.parseLong(parts[1]);
        long[] cells = cells(parts);
        return cells.length == 0 || max < min || max > Buckets.LONGEST ? null
                : new Histogram(cells, (int) min, (int) max, Long.parseLong(parts[2]));
    }

    /** In their order, each bucket once, none of them empty. */
    private static long[] cells(String[] parts) {
        long[] counts = new long[Buckets.COUNT];
        for (String part : Arrays.asList(parts).subList(HEAD, parts.length)) {
            int colon = part.indexOf(':');
            int bucket = part.matches(CELL) ? Integer.parseInt(part.substring(0, colon)) : Buckets.COUNT;
            if (bucket < Buckets.COUNT) {
                counts[bucket] = Long.parseLong(part.substring(colon + 1));
            }
        }
        long[] cells = new long[Buckets.COUNT];
        int used = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0) {
                cells[used++] = Histogram.cell(bucket, counts[bucket]);
            }
        }
        return Arrays.copyOf(cells, used);
    }
}
