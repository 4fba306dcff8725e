package dev.heartbeat;

/** How was a command misspoken, with which exit code does it end, and does its help follow? */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int code;
    private final boolean help;

    UsageException(String message, int code, boolean help) {
        super(message);
        this.code = code;
        this.help = help;
    }

    int code() {
        return code;
    }

    boolean help() {
        return help;
    }
}
