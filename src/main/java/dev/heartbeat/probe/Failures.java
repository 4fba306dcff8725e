package dev.heartbeat.probe;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;

/** stub */
final class Failures {
    private Failures() {
    }

    static Outcome outcome(Throwable failure) {
        return Outcome.down(Reason.PROBE_FAILED, failure.toString());
    }
}
