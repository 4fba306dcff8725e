package dev.heartbeat.probe;

/** Why did the management API not answer the question? In words for a person, a single line. */
final class ManagementFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ManagementFailure(String words) {
        this(0, words);
    }

    /** @param status of the HTTP answer; 0 where there was none, or one that is no reason */
    ManagementFailure(int status, String words) {
        super(words.replaceAll("\\p{Cntrl}+", " "), null, false, false);
        this.status = status;
    }

    /** A connection that did not come to be, or that broke. */
    static ManagementFailure of(String address, Throwable failure) {
        if (failure instanceof ManagementFailure known) {
            return known;
        }
        return new ManagementFailure(Failures.outcome(failure, address).detail());
    }

    boolean is(int code) {
        return status == code;
    }
}
