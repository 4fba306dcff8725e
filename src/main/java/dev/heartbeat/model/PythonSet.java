package dev.heartbeat.model;

import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;

/** Which characters does one place of the pattern stand for? */
final class PythonSet {
    static final String ANY = "[\\x{0}-" + Character.toString(Character.MAX_CODE_POINT) + "]";

    /**
     * Letters and numbers of all kinds, but no marks. U+10000 is one of them; written out, it makes Java's lookbehind step
     * over whole characters instead of halves of pairs.
     */
    private static final String WORD = "\\p{L}\\p{N}_" + Character.toString(0x10000);
    private static final String SPACE = "\\x{9}-\\x{d}\\x{1c}-\\x{20}\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}"
            + "\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}";
    private static final String BLANK = "\\x{9}\\x{20}\\x{a0}\\x{1680}\\x{180e}\\x{2000}-\\x{200a}\\x{202f}\\x{205f}\\x{3000}";

    private final BitSet points = new BitSet();
    private final Set<String> categories = new TreeSet<>();

    static PythonSet of(int point) {
        var set = new PythonSet();
        set.add(point, point);
        return set;
    }

    static PythonSet category(char letter, Set<PythonFlag> flags) {
        var set = new PythonSet();
        set.categories.add(java(letter, flags.contains(PythonFlag.ASCII)));
        return set;
    }

    void add(int from, int to) {
        points.set(from, to + 1);
    }

    void addAll(PythonSet other) {
        points.or(other.points);
        categories.addAll(other.categories);
    }

    /** The only character, or -1 where a range cannot begin or end because this is a category. */
    int single() {
        return categories.isEmpty() ? points.nextSetBit(0) : -1;
    }

    PythonPiece piece(boolean negated, Set<PythonFlag> flags) {
        var all = flags.contains(PythonFlag.IGNORE_CASE)
                ? PythonCase.ignored(points, flags.contains(PythonFlag.ASCII))
                : points;
        if (!negated && categories.isEmpty() && all.cardinality() == 1)
            return PythonPiece.set(escaped(all.nextSetBit(0)));
        var java = new StringBuilder(negated ? "[^" : "[");
        for (int from = all.nextSetBit(0); from >= 0; from = all.nextSetBit(from)) {
            int after = all.nextClearBit(from);
            java.append(escaped(from)).append(after == from + 1 ? "" : "-" + escaped(after - 1));
            from = after;
        }
        categories.forEach(java::append);
        return PythonPiece.set(java.append(']').toString());
    }

    /** A position between a word character and something else, or between two of the same. */
    static PythonPiece boundary(boolean wanted, Set<PythonFlag> flags) {
        // The negation of a negation makes Java begin at whole characters, never at half of a pair.
        var word = "[^" + java('W', flags.contains(PythonFlag.ASCII)) + "]";
        var java = wanted
                ? "(?:(?<=%1$s)(?!%1$s)|(?<!%1$s)(?=%1$s))"
                // In an empty text Python finds neither a boundary nor its absence.
                : "(?:(?<=%1$s)(?=%1$s)|(?<!%1$s)(?!%1$s)(?!\\A\\z))";
        return PythonPiece.position(java.formatted(word));
    }

    private static String java(char letter, boolean ascii) {
        return switch (letter) {
            case 'w' -> ascii ? "[a-zA-Z0-9_]" : "[" + WORD + "]";
            case 'W' -> ascii ? "[^a-zA-Z0-9_]" : "[^" + WORD + "]";
            case 'd' -> ascii ? "[0-9]" : "\\p{Nd}";
            case 'D' -> ascii ? "[^0-9]" : "\\P{Nd}";
            case 's' -> ascii ? "[\\x{9}-\\x{d}\\x{20}]" : "[" + SPACE + "]";
            case 'S' -> ascii ? "[^\\x{9}-\\x{d}\\x{20}]" : "[^" + SPACE + "]";
            case 'h' -> "[" + BLANK + "]";
            default -> throw new IllegalArgumentException("no category " + letter);
        };
    }

    private static String escaped(int point) {
        boolean plain = point < 0x80 && Character.isLetterOrDigit(point);
        return plain ? Character.toString(point) : "\\x{" + Integer.toHexString(point) + "}";
    }
}
