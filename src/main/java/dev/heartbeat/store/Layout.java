package dev.heartbeat.store;

/** How many of PH's two keys does a known name have? */
public enum Layout {
    /** One at every instant: what reads them can't be mistaken. */
    READER_SAFE,
    /** Both once both were seen, as PH leaves them: their reader then decides by chance for a while after each change. */
    SEED
}
