package dev.heartbeat.model;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Which character or category does a backslash stand for? */
final class PythonEscape {
    static final String OCTAL = "01234567";
    static final String DIGITS = "0123456789";
    private static final String HEX = "0123456789abcdefABCDEF";

    private static final Map<String, String> INSTEAD = Map.of(
            "\\p", "list the characters, or write [^\\W\\d_] for a letter",
            "\\P", "list the characters in [^...]",
            "\\z", "write \\Z for the very end",
            "\\Q", "put a backslash before each special character",
            "\\E", "put a backslash before each special character",
            "\\R", "write (?:\\r\\n|[\\n\\r\\v\\f\\x85\\u2028\\u2029])",
            "\\X", "write . for one character",
            "\\G", "write \\A or ^ for the beginning",
            "\\K", "write (?<=...) for what stands before",
            "\\k", "write (?P=name) for a named group");

    private final PythonScanner scanner;
    private final Consumer<String> warnings;
    private final Consumer<PythonDifference> differences;

    PythonEscape(PythonScanner scanner, Consumer<String> warnings, Consumer<PythonDifference> differences) {
        this.scanner = scanner;
        this.warnings = warnings;
        this.differences = differences;
    }

    /** The set that the escape just taken stands for, in a class or outside. */
    PythonSet set(String escape, Set<PythonFlag> flags) {
        int start = scanner.position() - 2;
        int letter = escape.codePointAt(1);
        return switch (letter) {
            case 'w', 'W', 'd', 'D', 's', 'S' -> {
                if (!flags.contains(PythonFlag.ASCII))
                    differences.accept(PythonDifference.CATEGORIES);
                yield PythonSet.category((char) letter, flags);
            }
            case 'a' -> PythonSet.of(0x07);
            case 'b' -> PythonSet.of('\b');
            case 'f' -> PythonSet.of('\f');
            case 'n' -> PythonSet.of('\n');
            case 'r' -> PythonSet.of('\r');
            case 't' -> PythonSet.of('\t');
            case 'v' -> PythonSet.of(0x0b);
            case 'x' -> PythonSet.of(hex(escape, 2, start));
            case 'u' -> PythonSet.of(hex(escape, 4, start));
            case 'U' -> PythonSet.of(hex(escape, 8, start));
            case 'N' -> PythonSet.of(named(start));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> PythonSet.of(
                    octal(escape.substring(1) + scanner.takeWhile(OCTAL, 2), start));
            case 'e' -> {
                warn(escape, "the escape character U+001B; write \\x1b", start);
                yield PythonSet.of(0x1b);
            }
            case 'h' -> {
                warn(escape, "horizontal white space; write [ \\t]", start);
                yield PythonSet.category('h', flags);
            }
            default -> PythonSet.of(itself(escape, letter, start));
        };
    }

    static int octal(String digits, int start) {
        int point = Integer.parseInt(digits, 8);
        if (point > 0377)
            throw new PythonPatternException("octal escape \\" + digits + " is above \\377; write \\uXXXX", start);
        return point;
    }

    private int hex(String escape, int length, int start) {
        var digits = scanner.takeWhile(HEX, length);
        if (digits.length() < length)
            throw new PythonPatternException(
                    "incomplete escape " + escape + digits + "; write exactly " + length + " hexadecimal digits", start);
        long point = Long.parseLong(digits, 16);
        if (point > Character.MAX_CODE_POINT)
            throw new PythonPatternException("no character has the number " + digits + "; the last is 0010ffff", start);
        return (int) point;
    }

    private int named(int start) {
        if (!scanner.accept("{"))
            throw new PythonPatternException("missing '{' after \\N; write \\N{NAME}", scanner.position());
        var name = scanner.takeName("}", "character name");
        try {
            int point = Character.codePointOf(name);
            // Java also takes the name of a block followed by a number.
            if (name.equalsIgnoreCase(Character.getName(point)))
                return point;
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        throw new PythonPatternException("unknown character name '" + name + "'; write \\uXXXX or \\UXXXXXXXX", start);
    }

    private int itself(String escape, int letter, int start) {
        if (letter < 0x80 && Character.isLetterOrDigit(letter))
            throw new PythonPatternException("Python knows no " + escape + "; "
                    + INSTEAD.getOrDefault(escape, "write the character without the backslash"), start);
        return letter;
    }

    private void warn(String escape, String meaning, int start) {
        warnings.accept("not portable: Python refuses " + escape + " (position " + start + "); here it is " + meaning);
    }
}
