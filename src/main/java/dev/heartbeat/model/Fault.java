package dev.heartbeat.model;

/**
 * What is wrong in a targets file, where, and what would be right?
 *
 * @param line from 1, as {@code column}
 * @param key path such as {@code heartbeat.hosts[2].port}; empty where the whole file is meant
 * @param value null where there is none to show, or where it may hold a secret
 * @param message goes on where key and value end: "must be ..."
 */
public record Fault(String file, int line, int column, String key, String value, String message) {
    private static final int SHOWN = 80;

    @Override
    public String toString() {
        String what = (key.isEmpty() ? "" : plain(key) + ": ") + (value == null ? "" : '"' + plain(value) + "\" ");
        return file + ":" + line + ":" + column + ": " + what + message;
    }

    /** Text of a stranger's file as it may appear in a message: one line, no control characters, not endless. */
    static String plain(String text) {
        String shortened = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        StringBuilder plain = new StringBuilder(shortened.length());
        shortened.codePoints().forEach(c -> {
            if (isUnprintable(c)) {
                plain.append(String.format("\\u%04x", c));
            } else {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }

    /** The text with each character replaced that could break a line, a terminal or an encoding. */
    static String printable(String text) {
        int[] clean = text.codePoints().map(c -> isUnprintable(c) ? '_' : c).toArray();
        return new String(clean, 0, clean.length);
    }

    private static boolean isUnprintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> false;
        };
    }
}
