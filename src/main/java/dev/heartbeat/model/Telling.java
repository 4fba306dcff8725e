package dev.heartbeat.model;

/** Is a transition news of its own? */
public enum Telling {
    /** It is: told once, to whoever wants to be told. */
    NEWS,
    /** It is part of a mass change, which the transition of its source as a whole tells in one line. */
    PART,
    /** It is older than what is still news (a backlog after a gap): history, and told to nobody. */
    PAST
}
