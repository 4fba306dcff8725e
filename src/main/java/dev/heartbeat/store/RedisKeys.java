package dev.heartbeat.store;

import java.time.Instant;

/** Under which keys of Redis is our own data? All begin with {@code heartbeat:}, which PH's readers never ask for. */
final class RedisKeys {
    /** The names of all sources. */
    static final String SOURCES = "heartbeat:sources";
    /** The stamp of the commit that was the last to change what any source says under any of PH's keys. */
    static final String WORDS = "heartbeat:words";
    /** The transitions of all sources, in the order of their commits, for whoever tells them. */
    static final String OUTBOX = "heartbeat:outbox";
    /** What a source's own keys begin with. */
    static final String SOURCE = "heartbeat:source:";
    private static final String READER = "heartbeat:reader:";

    private RedisKeys() {
    }

    /** Stamp, version and everything but the targets. */
    static String head(String source) {
        return SOURCE + source + ":head";
    }

    /** One field per target, and those of the minutes. */
    static String targets(String source) {
        return SOURCE + source + ":targets";
    }

    /** In which version each target was last written or deleted: who lags behind reads only what changed. */
    static String versions(String source) {
        return SOURCE + source + ":versions";
    }

    /** The last states of targets that are no more. */
    static String retired(String source) {
        return SOURCE + source + ":retired";
    }

    /** The newest transitions of the source, with the ids that they have in the outbox. */
    static String transitions(String source) {
        return SOURCE + source + ":transitions";
    }

    /** How far a reader of the outbox has read, and who reads for it. */
    static String reader(String name) {
        return READER + name;
    }

    /** All counts of latencies of a source that are kept, by hour. */
    static String latencies(String source) {
        return SOURCE + source + ":latencies";
    }

    /** What one count of an hour says, a field per target. */
    static String latencies(String source, Instant hour, String count) {
        return latencies(source) + ":" + hour.getEpochSecond() + ":" + count;
    }
}
