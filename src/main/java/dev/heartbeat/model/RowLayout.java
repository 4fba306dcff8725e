package dev.heartbeat.model;

/** As which columns does a table keep observations? */
public enum RowLayout {
    /** Ours. */
    HEARTBEAT,
    /** The table of the Python Healthcheck. */
    HEALTHCHECK,
    /** The table of the Service health checker, which has no key. */
    METRICS,
    /** The four columns of the Host Checker, which has no key and no time. */
    HOST_METRICS
}
