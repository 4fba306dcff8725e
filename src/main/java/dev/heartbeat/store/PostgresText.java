package dev.heartbeat.store;

import java.util.List;

/** How does any text stand in a column, which holds neither NUL nor half a character? Most stand as they are. */
final class PostgresText {
    private static final char ESCAPE = '\\';
    private static final int DIGITS = 4;
    private static final int HEX = 16;

    private PostgresText() {
    }

    /** As it is written; null stays null. */
    static String of(String text) {
        if (text == null || text.codePoints().noneMatch(PostgresText::isForeign)) {
            return text;
        }
        StringBuilder written = new StringBuilder(text.length() + HEX);
        text.codePoints().forEach(point -> {
            if (isForeign(point)) {
                written.append(ESCAPE).append(String.format("%04x", point));
            } else {
                written.appendCodePoint(point);
            }
        });
        return written.toString();
    }

    static String[] of(List<String> texts) {
        return texts.stream().map(PostgresText::of).toArray(String[]::new);
    }

    /** What was meant by what is written; null stays null. */
    static String read(String written) {
        if (written == null || written.indexOf(ESCAPE) < 0) {
            return written;
        }
        StringBuilder text = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            if (written.charAt(i) == ESCAPE) {
                text.append((char) Integer.parseInt(written.substring(i + 1, i + 1 + DIGITS), HEX));
                i += DIGITS;
            } else {
                text.append(written.charAt(i));
            }
        }
        return text.toString();
    }

    private static boolean isForeign(int point) {
        return point == 0 || point == ESCAPE || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
