package dev.heartbeat.model;

import java.util.Set;

/** What does an opening parenthesis begin? */
final class PythonGroup {
    private final PythonScanner scanner;
    private final PythonGroups groups;
    private final PythonSyntax syntax;

    PythonGroup(PythonScanner scanner, PythonGroups groups, PythonSyntax syntax) {
        this.scanner = scanner;
        this.groups = groups;
        this.syntax = syntax;
    }

    /** Reads what follows "(" up to and including ")"; null for a comment, which leaves nothing to match. */
    PythonPiece read(Set<PythonFlag> flags, int start) {
        if (!scanner.accept("?"))
            return capture("", start, flags, start);
        var kind = scanner.peek();
        if (scanner.isNextOf("aimsuxL-"))
            return scoped(flags, start);
        scanner.take();
        return switch (kind) {
            case ":" -> content(flags, start).grouped();
            case ">" -> atomic(content(flags, start));
            case "=" -> look("(?=", content(flags, start));
            case "!" -> look("(?!", content(flags, start));
            case "<" -> behind(flags, start);
            case "(" -> conditional(flags, start);
            case "P" -> named(flags, start);
            case "#" -> comment(start);
            case PythonScanner.END -> throw new PythonPatternException("missing what follows '(?'", scanner.position());
            default -> throw unknown("(?" + kind, start);
        };
    }

    private PythonPiece capture(String name, int namePosition, Set<PythonFlag> flags, int start) {
        int number = groups.open(name, namePosition);
        return groups.close(number, content(flags, start));
    }

    private PythonPiece content(Set<PythonFlag> flags, int start) {
        var content = syntax.alternatives(flags);
        close(start);
        return content;
    }

    private void close(int start) {
        if (!scanner.accept(")"))
            throw new PythonPatternException("this '(' is never closed; add ')', or write '\\(' for the character", start);
    }

    /** Flags for the whole pattern are met by {@link PythonSyntax}, which is asked again with them. */
    private PythonPiece scoped(Set<PythonFlag> flags, int start) {
        var change = PythonFlag.read(scanner);
        if (!change.global())
            return content(change.appliedTo(flags), start).grouped();
        syntax.turnOn(change.on(), start);
        return null;
    }

    private PythonPiece named(Set<PythonFlag> flags, int start) {
        int nameStart = scanner.position() + 1;
        if (scanner.accept("<")) {
            syntax.differs(PythonDifference.NAME);
            var name = identifier(scanner.takeName(">", "group name"), nameStart);
            return capture(name, nameStart, flags, start);
        }
        if (scanner.accept("=")) {
            syntax.differs(PythonDifference.NAME);
            var name = identifier(scanner.takeName(")", "group name"), nameStart);
            return groups.again(groups.number(name, nameStart), flags, nameStart, scanner.position());
        }
        if (scanner.atEnd())
            throw new PythonPatternException("missing what follows '(?P'", scanner.position());
        throw unknown("(?P" + scanner.peek(), start);
    }

    private PythonPiece behind(Set<PythonFlag> flags, int start) {
        var kind = scanner.take();
        if (kind.equals(PythonScanner.END))
            throw new PythonPatternException("missing what follows '(?<'", scanner.position());
        if (!kind.equals("=") && !kind.equals("!"))
            throw unknown("(?<" + kind + (kind.matches("[A-Za-z_]") ? "...; write (?P<name>...) for a named group" : ""),
                    start);
        int before = groups.beginBehind();
        var content = content(flags, start);
        groups.endBehind(before);
        if (content.min() != content.max() || content.min() > Integer.MAX_VALUE)
            throw new PythonPatternException("a lookbehind needs a fixed width; this one takes " + content.width(), start);
        if (content.max() == 0)
            return look("(?" + kind, content);
        // A lookahead from that far back: Java looks behind for fewer kinds of content than it looks ahead for.
        return look("(?<" + kind + "(?=" + content.java() + ")", PythonPiece.set(PythonSet.ANY + "{" + content.min() + "}"));
    }

    private PythonPiece conditional(Set<PythonFlag> flags, int start) {
        syntax.differs(PythonDifference.CONDITION);
        int nameStart = scanner.position();
        var name = scanner.takeName(")", "group name or number");
        int number = isNumber(name) ? parseNumber(name, nameStart) : groups.number(identifier(name, nameStart), nameStart);
        int mark = groups.mark(number, nameStart, scanner.position());
        var yes = syntax.sequence(flags);
        var no = scanner.accept("|") ? syntax.sequence(flags) : PythonPiece.unit("", 0, 0);
        if (scanner.peek().equals("|"))
            throw new PythonPatternException("a condition has two branches; group the others as (?:...|...)",
                    scanner.position());
        close(start);
        return PythonPiece.unit("(?:(?:\\%1$d)%2$s|(?!\\%1$d)%3$s)".formatted(mark, yes.java(), no.java()),
                Math.min(yes.min(), no.min()), Math.max(yes.max(), no.max()));
    }

    /** A backslash and what follows it count as one here too: "\)" does not end a comment. */
    private PythonPiece comment(int start) {
        syntax.differs(PythonDifference.COMMENT);
        while (!scanner.atEnd()) {
            if (scanner.take().equals(")"))
                return null;
        }
        throw new PythonPatternException("this comment is never closed; add ')'", start);
    }

    private static PythonPiece look(String opening, PythonPiece content) {
        return PythonPiece.unit(opening + content.java() + ")", 0, 0);
    }

    private static PythonPiece atomic(PythonPiece content) {
        return PythonPiece.unit("(?>" + content.java() + ")", content.min(), content.max());
    }

    private static boolean isNumber(String name) {
        return name.chars().allMatch(c -> PythonEscape.DIGITS.indexOf(c) >= 0);
    }

    private static int parseNumber(String digits, int position) {
        if (digits.length() > 8 || Integer.parseInt(digits) == 0)
            throw new PythonPatternException("there is no group " + digits + "; groups count from 1", position);
        return Integer.parseInt(digits);
    }

    private static String identifier(String name, int position) {
        boolean valid = name.codePoints().allMatch(c -> Character.isUnicodeIdentifierPart(c)
                && !Character.isIdentifierIgnorable(c));
        int first = name.codePointAt(0);
        if (!valid || first != '_' && !Character.isUnicodeIdentifierStart(first))
            throw new PythonPatternException("'" + name + "' cannot name a group; use letters, digits and '_'", position);
        return name;
    }

    private static PythonPatternException unknown(String what, int start) {
        return new PythonPatternException("Python knows no " + what, start + 1);
    }
}
