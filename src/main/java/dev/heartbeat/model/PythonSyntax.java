package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What does a regex of Python 3.11 say in the words of java.util.regex? */
final class PythonSyntax {
    private static final String WHITE_SPACE = " \t\n\r\u000b\f";

    private final PythonScanner scanner;
    private final PythonEscape escape;
    private final PythonGroups groups;
    private final PythonGroup group;
    private final PythonClass bracket;
    private final Set<String> warnings;
    private final Set<PythonFlag> global;
    private final Set<PythonDifference> differences = EnumSet.noneOf(PythonDifference.class);
    private boolean atStart = true;

    private PythonSyntax(String pattern, Set<PythonFlag> global, Set<Integer> asked, Set<String> warnings) {
        this.warnings = warnings;
        this.scanner = new PythonScanner(pattern);
        this.escape = new PythonEscape(scanner, warnings::add, differences::add);
        this.groups = new PythonGroups(asked);
        this.group = new PythonGroup(scanner, groups, this);
        this.bracket = new PythonClass(scanner, escape, differences::add);
        this.global = EnumSet.copyOf(global);
    }

    /**
     * The pattern in Java, to be compiled with UNIX_LINES, what Python would refuse in it, which groups it has, and what Java
     * would read in another way.
     */
    record Translation(String java, List<String> warnings, List<PythonGroups.Numbered> groups,
            Set<PythonDifference> differences) {
    }

    /** Reads the pattern again for as long as it says something about a part that was already read. */
    static Translation read(String pattern) {
        Set<PythonFlag> global = EnumSet.noneOf(PythonFlag.class);
        Set<Integer> asked = Set.of();
        // Kept from reading to reading: late flags may turn what they stand in into a comment.
        var warnings = new LinkedHashSet<String>();
        while (true) {
            var syntax = new PythonSyntax(pattern, global, asked, warnings);
            var java = syntax.whole();
            if (syntax.global.equals(global) && syntax.groups.asked().equals(asked))
                return new Translation(java, List.copyOf(warnings), syntax.groups.all(), syntax.differences);
            global = syntax.global;
            asked = syntax.groups.asked();
        }
    }

    void differs(PythonDifference difference) {
        differences.add(difference);
    }

    /** The content of a group. */
    PythonPiece alternatives(Set<PythonFlag> flags) {
        atStart = false;
        return branches(flags);
    }

    /** What stands between two bars. */
    PythonPiece sequence(Set<PythonFlag> flags) {
        var pieces = new ArrayList<PythonPiece>();
        while (!scanner.atEnd() && !scanner.isNextOf("|)")) {
            if (!flags.contains(PythonFlag.VERBOSE) || !skipped())
                readInto(pieces, flags);
        }
        return PythonPiece.sequence(pieces);
    }

    /** Flags for the whole pattern. The set is shared with all groups that were opened without flags of their own. */
    void turnOn(Set<PythonFlag> flags, int start) {
        if (!atStart)
            warnings.add("not portable: Python refuses flags that do not begin the pattern (position " + start
                    + "); here they are valid for all of it, as up to Python 3.10");
        global.addAll(flags);
        if (global.contains(PythonFlag.ASCII) && global.contains(PythonFlag.UNICODE))
            throw new PythonPatternException("flags 'a' and 'u' exclude each other; keep one", start);
    }

    private String whole() {
        var all = branches(global);
        if (!scanner.atEnd())
            throw new PythonPatternException("this ')' closes nothing; write '\\)' for the character", scanner.position());
        groups.checkAllExist();
        return all.java();
    }

    private PythonPiece branches(Set<PythonFlag> flags) {
        var branches = new ArrayList<PythonPiece>();
        do {
            branches.add(sequence(flags));
            atStart &= !scanner.peek().equals("|");
        } while (scanner.accept("|"));
        return PythonPiece.alternatives(branches);
    }

    private boolean skipped() {
        if (scanner.isNextOf(WHITE_SPACE)) {
            scanner.take();
            return true;
        }
        if (!scanner.accept("#"))
            return false;
        boolean inComment = true;
        while (inComment && !scanner.atEnd())
            inComment = !scanner.take().equals("\n");
        return true;
    }

    private void readInto(List<PythonPiece> pieces, Set<PythonFlag> flags) {
        int start = scanner.position();
        var token = scanner.take();
        var repetition = PythonRepetition.read(token, scanner, start);
        if (repetition != null) {
            if (repetition.written().startsWith("{,"))
                differs(PythonDifference.COUNT);
            repetition.applyTo(pieces, scanner, start);
            return;
        }
        var piece = token.equals("(") ? group.read(flags, start) : piece(token, flags, start);
        if (piece != null) {
            pieces.add(piece);
            atStart = false;
        }
    }

    private PythonPiece piece(String token, Set<PythonFlag> flags, int start) {
        boolean lines = flags.contains(PythonFlag.MULTILINE);
        PythonDifference.of(token, flags).forEach(differences::add);
        return switch (token) {
            case "[" -> bracket.read(flags, start);
            case "." -> PythonPiece.set(flags.contains(PythonFlag.DOT_ALL) ? PythonSet.ANY : "[^\\x{a}]");
            // Java's own ^ finds no line after the last line feed.
            case "^" -> PythonPiece.position(lines ? "(?:\\A|(?<=\\x{a}))" : "\\A");
            case "$" -> PythonPiece.position(lines ? "(?m:$)" : "$");
            case "\\A" -> PythonPiece.position("\\A");
            case "\\Z" -> PythonPiece.position("\\z");
            case "\\b" -> PythonSet.boundary(true, flags);
            case "\\B" -> PythonSet.boundary(false, flags);
            case "\\1", "\\2", "\\3", "\\4", "\\5", "\\6", "\\7", "\\8", "\\9" -> reference(token, flags, start);
            default -> token.startsWith("\\")
                    ? escape.set(token, flags).piece(false, flags)
                    : PythonSet.of(token.codePointAt(0)).piece(false, flags);
        };
    }

    /** Three octal digits are a character; other digits are a group. */
    private PythonPiece reference(String token, Set<PythonFlag> flags, int start) {
        var digits = token.substring(1) + scanner.takeWhile(PythonEscape.DIGITS, 1);
        boolean octal = digits.length() == 2 && digits.chars().allMatch(c -> PythonEscape.OCTAL.indexOf(c) >= 0);
        if (octal && scanner.isNextOf(PythonEscape.OCTAL))
            return PythonSet.of(PythonEscape.octal(digits + scanner.take(), start)).piece(false, flags);
        return groups.again(Integer.parseInt(digits), flags, start, scanner.position());
    }
}
