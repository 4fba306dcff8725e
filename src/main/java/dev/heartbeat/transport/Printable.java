package dev.heartbeat.transport;

/** How does text from outside look in a log line? On one line, not endless, and without control over the terminal. */
final class Printable {
    private static final int LONGEST = 200;

    private Printable() {
    }

    static String text(String raw) {
        if (raw == null) {
            return "no reason given";
        }
        StringBuilder printable = new StringBuilder();
        raw.codePoints().limit(LONGEST).forEach(code -> {
            if (Character.isISOControl(code) || Character.getType(code) == Character.FORMAT) {
                printable.append(String.format("\\u%04x", code));
            } else {
                printable.appendCodePoint(code);
            }
        });
        return printable.append(raw.codePointCount(0, raw.length()) > LONGEST ? "…" : "").toString();
    }
}
