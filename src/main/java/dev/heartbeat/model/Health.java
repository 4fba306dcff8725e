package dev.heartbeat.model;

/** What do we conclude of a target? */
public enum Health {
    /** The newest observation was good, and it is fresh. */
    UP,
    /** The newest observation was bad, and it is fresh. */
    DOWN,
    /** The source lives and can not tell; the former health is kept beside. */
    UNKNOWN,
    /** Silence longer than allowed; the former health is kept beside. Never up. */
    STALE
}
