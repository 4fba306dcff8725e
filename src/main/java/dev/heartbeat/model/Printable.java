package dev.heartbeat.model;

/**
 * How does a text from outside go into a log line or onto a terminal? On one line, not endless, and without anything that could
 * move the cursor.
 */
public final class Printable {
    private static final int LONGEST = 1_000;

    private Printable() {
    }

    /** The text with control and format characters written as code units, cut at 1,000 characters; a null is put in words. */
    public static String text(String raw) {
        if (raw == null) {
            return "no reason given";
        }
        StringBuilder printable = new StringBuilder();
        raw.codePoints().limit(LONGEST).forEach(code -> {
            if (movesTheCursor(code)) {
                printable.append(String.format("\\u%04x", code));
            } else {
                printable.appendCodePoint(code);
            }
        });
        return printable.append(raw.codePointCount(0, raw.length()) > LONGEST ? "…" : "").toString();
    }

    private static boolean movesTheCursor(int code) {
        int type = Character.getType(code);
        return Character.isISOControl(code) || type == Character.FORMAT || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
