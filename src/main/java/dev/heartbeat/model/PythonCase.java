package dev.heartbeat.model;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Which characters does Python take for the same when case does not count? */
final class PythonCase {
    /** Lower-case characters that share their upper case, and so match each other. */
    private static final List<String> SAME_UPPER_CASE = List.of("i\u0131", "s\u017f", "\u00b5\u03bc", "\u0345\u03b9\u1fbe",
            "\u0390\u1fd3", "\u03b0\u1fe3", "\u03b2\u03d0", "\u03b5\u03f5", "\u03b8\u03d1", "\u03ba\u03f0", "\u03c0\u03d6",
            "\u03c1\u03f1", "\u03c2\u03c3", "\u03c6\u03d5", "\u0432\u1c80", "\u0434\u1c81", "\u043e\u1c82", "\u0441\u1c83",
            "\u0442\u1c84\u1c85", "\u044a\u1c86", "\u0463\u1c87", "\u1c88\ua64b", "\u1e61\u1e9b", "\ufb05\ufb06");

    /** From the lower case to all that match it; characters without case are absent. */
    private static final Map<Integer, BitSet> VARIANTS = new HashMap<>();

    static {
        // Unicode keeps scripts with case out of the planes after the second.
        for (int point = 0; point < 0x20000; point++) {
            int lower = Character.toLowerCase(point);
            if (lower != point)
                variants(lower).set(point);
        }
        for (var same : SAME_UPPER_CASE) {
            var all = new BitSet();
            same.codePoints().forEach(lower -> all.or(variants(lower)));
            same.codePoints().forEach(lower -> variants(lower).or(all));
        }
    }

    private PythonCase() {
    }

    /** The set with every variant of each of its characters. */
    static BitSet ignored(BitSet points, boolean ascii) {
        var wider = new BitSet();
        wider.or(points);
        if (ascii)
            letters(points).forEach(letter -> wider.set(letter ^ 0x20));
        else
            VARIANTS.values().stream().filter(points::intersects).forEach(wider::or);
        return wider;
    }

    private static IntStream letters(BitSet points) {
        return points.stream().filter(point -> point < 0x80 && Character.isLetter(point));
    }

    private static BitSet variants(int lower) {
        return VARIANTS.computeIfAbsent(lower, point -> {
            var alone = new BitSet();
            alone.set(point);
            return alone;
        });
    }
}
