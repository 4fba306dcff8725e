package dev.heartbeat.model;

/** What becomes of the wish that the targets file be read again, now? */
@FunctionalInterface
public interface Reloading {
    /** Reads it, and takes it when there is no fault. Waits for the disk: not for an event loop. */
    Reloaded reload();
}
