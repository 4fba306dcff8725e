package dev.heartbeat.watch;

import dev.heartbeat.model.Alert;
import io.smallrye.mutiny.Uni;

/** Who is told of alerts, and how? Extension point: one file for each way of telling. */
interface Receiver {
    /** As an operator knows it, for the log: without what may be secret in its address. */
    String name();

    /** The way of telling, in one of our few words. */
    String kind();

    /** Its whole address: what tells it from every other receiver, and never leaves this process. */
    String address();

    /**
     * Completes when the receiver has accepted the alert; fails, with words for the log, when it did not, or took too long. May
     * be called again with the same alert, which it can tell by {@link Alert#key()}.
     */
    Uni<Void> tell(Alert alert);

    /** So many alerts were tried in vain for so long that they are not tried any more. */
    default void gaveUp(int alerts) {
    }
}
