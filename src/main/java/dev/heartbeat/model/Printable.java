package dev.heartbeat.model;

/**
 * How does a text from outside go into a log line or onto a terminal? Without anything that could move the cursor or begin a
 * line.
 */
public final class Printable {
    private static final int LONGEST = 2_000;

    private Printable() {
    }

    /** The text with control and format characters written as {@code \}{@code uXXXX}, and cut at 2,000 characters. */
    public static String of(String text) {
        int end = Math.min(text.length(), LONGEST);
        StringBuilder printable = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            int type = Character.getType(c);
            if (Character.isISOControl(c) || type == Character.FORMAT || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                printable.append(String.format("\\u%04x", (int) c));
            } else {
                printable.append(c);
            }
        }
        return text.length() > end ? printable.append('…').toString() : printable.toString();
    }
}
