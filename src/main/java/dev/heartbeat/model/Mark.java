package dev.heartbeat.model;

import java.time.Instant;
import java.util.Objects;

/**
 * Which of two observations of a target is the newer?
 *
 * @param at the corrected instant
 * @param boot null where the message named none (PH)
 * @param sequence counts within the boot; of what names none, as it arrived within its group
 */
public record Mark(Instant at, String boot, long sequence) {
    public Mark {
        Objects.requireNonNull(at);
    }

    /**
     * Within one boot the sequence decides, so that a source may set its clock; else the instant does. Equal instants of
     * different boots, or of a source without boots (PH), apply in the order of arrival.
     */
    boolean isNewerThan(Mark other) {
        if (other == null) {
            return true;
        }
        if (boot != null && boot.equals(other.boot)) {
            return sequence > other.sequence;
        }
        return !at.isBefore(other.at);
    }

    boolean isOfSameHeartbeatAs(Mark other) {
        return sequence == other.sequence && Objects.equals(boot, other.boot);
    }

    /** Whether this is newer for certain: the order of arrival says nothing of a heartbeat that came late. */
    boolean isNewerForCertainThan(Mark other) {
        return isNewerThan(other) && (other == null || !other.isNewerThan(this));
    }
}
