package dev.heartbeat.model;

/**
 * Under which name do PH's Redis keys show a target? Hosts, websites and consumers of one name share one; the last part of
 * the key, {@code :ok} or {@code :not_ok}, is the store's.
 */
public record PhKey(boolean queue, String name) {
    /** The reader of these keys splits them at the colon, and skips what has not exactly three parts. */
    private static final char SEPARATOR = ':';
    private static final char INSTEAD = '_';

    /** Whether the target has such a key: what PH has no idea of has none. */
    public static boolean has(Target target) {
        return switch (target.kind()) {
            case HOST, WEBSITE, QUEUE, CONSUMER -> true;
            case HEALTH -> false;
        };
    }

    /** The key of a target that {@link #has} one. */
    public static PhKey of(Target target) {
        if (!has(target)) {
            throw new IllegalArgumentException("PH has no key for " + target);
        }
        return new PhKey(target.kind() == Kind.QUEUE, target.name().replace(SEPARATOR, INSTEAD));
    }

    /** Whether the target's name had to be changed to be a key. */
    public static boolean alters(Target target) {
        return target.name().indexOf(SEPARATOR) >= 0;
    }

    /** Stands for the target whose key this is while nothing but the key is known. */
    Target placeholder() {
        return new Target(queue ? Kind.QUEUE : Kind.HOST, name);
    }

    /** {@code service:NAME} or {@code queue:NAME}. */
    public String prefix() {
        return (queue ? "queue:" : "service:") + name;
    }
}
