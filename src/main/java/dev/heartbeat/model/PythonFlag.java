package dev.heartbeat.model;

import java.util.EnumSet;
import java.util.Set;

/** Which letter in {@code (?...)} changes how the pattern reads? */
enum PythonFlag {
    /** Word characters, digits, spaces and case as in ASCII only. */
    ASCII('a'),
    /** Case does not count. */
    IGNORE_CASE('i'),
    /** {@code ^} and {@code $} stand at each line. */
    MULTILINE('m'),
    /** The dot takes line feeds too. */
    DOT_ALL('s'),
    /** The default, and the opposite of ASCII. */
    UNICODE('u'),
    /** White space and comments in the pattern are skipped. */
    VERBOSE('x');

    private static final Set<PythonFlag> ALPHABETS = EnumSet.of(ASCII, UNICODE);

    private final char letter;

    PythonFlag(char letter) {
        this.letter = letter;
    }

    /** Which flags does one {@code (?...)} turn on and off, and for the whole pattern or for its group? */
    record Change(Set<PythonFlag> on, Set<PythonFlag> off, boolean global) {
        Set<PythonFlag> appliedTo(Set<PythonFlag> flags) {
            var changed = EnumSet.noneOf(PythonFlag.class);
            changed.addAll(flags);
            if (on.contains(ASCII) || on.contains(UNICODE))
                changed.removeAll(ALPHABETS);
            changed.addAll(on);
            changed.removeAll(off);
            return changed;
        }
    }

    /** Reads up to and including the ':' or ')' that ends the letters. */
    static Change read(PythonScanner scanner) {
        var on = EnumSet.noneOf(PythonFlag.class);
        var off = EnumSet.noneOf(PythonFlag.class);
        while (!scanner.isNextOf("-:)")) {
            on.add(letter(scanner, "'-', ':' or ')'"));
            if (on.containsAll(ALPHABETS))
                throw new PythonPatternException("flags 'a' and 'u' exclude each other; keep one", scanner.position());
        }
        if (scanner.accept(")"))
            return new Change(on, off, true);
        if (scanner.accept("-"))
            readOff(scanner, off);
        scanner.take();
        if (on.stream().anyMatch(off::contains))
            throw new PythonPatternException("flag turned on and off; keep one", scanner.position() - 1);
        return new Change(on, off, false);
    }

    private static void readOff(PythonScanner scanner, Set<PythonFlag> off) {
        do {
            var flag = letter(scanner, "a flag and ':'");
            if (ALPHABETS.contains(flag))
                throw new PythonPatternException("flags 'a' and 'u' cannot be turned off; turn the other one on",
                        scanner.position());
            off.add(flag);
        } while (!scanner.peek().equals(":"));
    }

    private static PythonFlag letter(PythonScanner scanner, String expected) {
        int position = scanner.position();
        var token = scanner.take();
        for (var flag : values()) {
            if (token.equals(String.valueOf(flag.letter)))
                return flag;
        }
        if (token.equals("L"))
            throw new PythonPatternException("flag 'L' is for bytes only; leave it out", scanner.position());
        if (!token.isEmpty() && Character.isLetter(token.codePointAt(0)))
            throw new PythonPatternException("unknown flag '" + token + "'; known are a, i, m, s, u, x", position);
        throw new PythonPatternException("missing " + expected, position);
    }
}
