package dev.heartbeat.model;

/** As what does an observation leave as one record of a log? */
public enum RecordLayout {
    /** Our JSON with one observation. */
    HEARTBEAT,
    /** The five keys of the Python Healthcheck, whose subscriber goes on reading them. */
    HEALTHCHECK,
    /** The seven keys of the Service health checker, whose reader dies on an eighth. */
    METRICS
}
