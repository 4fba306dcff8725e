package dev.heartbeat.watch;

/** How is the way to the mail server guarded? */
public enum SmtpTls {
    /** It is not: passwords and alerts are readable on the way. */
    NONE(25),
    /** The connection begins plain, and nothing is said before it is encrypted. */
    STARTTLS(587),
    /** It is encrypted from the first byte. */
    TLS(465);

    private final int port;

    SmtpTls(int port) {
        this.port = port;
    }

    /** The port on which servers usually offer it. */
    public int port() {
        return port;
    }
}
