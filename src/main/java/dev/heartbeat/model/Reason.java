package dev.heartbeat.model;

/** Why is a target not up? */
public enum Reason {
    /** The host name has no address, or nobody could say. */
    UNRESOLVED,
    /** No connection: refused, no route, or broken off. */
    UNREACHABLE,
    /** No answer within the timeout. */
    TIMED_OUT,
    /** The TLS handshake failed: certificate, host name or protocol. */
    UNTRUSTED,
    /** The certificate ends sooner than allowed. */
    EXPIRING,
    /** An answer came, with a status that was not expected. */
    REJECTED,
    /** An answer came, with a body that does not match. */
    MISMATCH,
    /** An answer came, and says of itself that not all is well. */
    UNHEALTHY,
    /** An answer came, later than the latency bound. */
    SLOW,
    /** The queue does not exist, or the health endpoint does not name the check any more. */
    MISSING,
    /** The queue exists, and no consumer on it matches. */
    UNATTENDED,
    /** A consumer matches, and none that matches is active. */
    INACTIVE,
    /** Unknown: the management API did not answer the question. */
    API_FAILED,
    /** Unknown: the round ended before the question was put. */
    NOT_ASKED,
    /** Unknown: the regex exceeded its step budget. */
    TOO_COSTLY,
    /** The probe itself failed; the detail says how. */
    PROBE_FAILED,
    /** The message says not ok and gives no reason (PH). */
    UNSTATED,
    /** Nothing was heard for longer than allowed. */
    SILENT,
    /** The source's newest list of targets does not name it any more. */
    RETIRED,
    /** Of a source as a whole: many of its targets changed in one heartbeat; the detail counts and names them. */
    MANY,
    /** It changes too often to be judged; its health is held. */
    FLAPPING;

    /** Whether the target itself answered: not as it should, but its latency is one. */
    boolean isAnAnswer() {
        return switch (this) {
            case EXPIRING, REJECTED, MISMATCH, UNHEALTHY, SLOW, TOO_COSTLY -> true;
            case UNRESOLVED, UNREACHABLE, TIMED_OUT, UNTRUSTED, MISSING, UNATTENDED, INACTIVE, API_FAILED, NOT_ASKED,
                    PROBE_FAILED, UNSTATED, SILENT, RETIRED, MANY, FLAPPING ->
                false;
        };
    }

    /** The reason of that name, or {@link #UNSTATED} for a word of a newer version. */
    public static Reason of(String name) {
        for (Reason reason : values()) {
            if (reason.name().equals(name)) {
                return reason;
            }
        }
        return UNSTATED;
    }
}
