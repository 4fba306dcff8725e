package dev.heartbeat.store;

/** What does libpq's {@code key = value} say of a database? With its quotes, its backslashes and spaces around the sign. */
final class PgKeywords {
    private final String text;
    private final PgKeys keys = new PgKeys();
    private int at;

    private PgKeywords(String text) {
        this.text = text;
    }

    static PgKeys read(String text) {
        PgKeywords reader = new PgKeywords(text);
        reader.skipSpaces();
        while (reader.at < text.length()) {
            reader.pair();
            reader.skipSpaces();
        }
        return reader.keys;
    }

    private void pair() {
        int from = at;
        while (at < text.length() && text.charAt(at) != '=' && !isSpace()) {
            at++;
        }
        String key = text.substring(from, at);
        skipSpaces();
        if (at >= text.length() || text.charAt(at) != '=') {
            throw PgKeys.wrong((keys.last() == null ? "it does not begin with key=value"
                    : "what follows the value of " + keys.last() + " is not key=value")
                    + "; a value with spaces stands in 'single quotes'");
        }
        at++;
        skipSpaces();
        keys.put(key, at < text.length() && text.charAt(at) == '\'' ? quoted() : bare());
    }

    private String bare() {
        StringBuilder value = new StringBuilder();
        while (at < text.length() && !isSpace()) {
            escaped(value);
        }
        return value.toString();
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length();) {
            if (text.charAt(at) == '\'') {
                at++;
                return value.toString();
            }
            escaped(value);
        }
        throw PgKeys.wrong("a quote is opened and never closed; write ' in a value as \\'");
    }

    /** A backslash stands for the character after it. */
    private void escaped(StringBuilder value) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
            at++;
        }
        value.append(text.charAt(at++));
    }

    private void skipSpaces() {
        while (at < text.length() && isSpace()) {
            at++;
        }
    }

    private boolean isSpace() {
        return Character.isWhitespace(text.charAt(at));
    }
}
