package dev.heartbeat.model;

import java.util.Set;

/**
 * How is a check called that the answer of a health endpoint names? {@code ENDPOINT/CHECK}: the first slash parts the two, for
 * an endpoint's name has none.
 */
public final class NamedCheck {
    static final char SEPARATOR = '/';
    private static final int LONGEST = 512;

    private NamedCheck() {
    }

    /** The target that this check of the endpoint is; null where it has no name. */
    public static Target of(Target endpoint, String check) {
        if (check.isBlank()) {
            return null;
        }
        String name = endpoint.name() + SEPARATOR + check.strip();
        return new Target(Kind.HEALTH, Fault.printable(name.length() <= LONGEST ? name : name.substring(0, LONGEST - 1) + "…"));
    }

    /** Stands in a list of targets for whatever checks the endpoint has, while nobody knows them all. */
    public static Target any(Target endpoint) {
        return new Target(Kind.HEALTH, endpoint.name() + SEPARATOR);
    }

    /** Whether the target is a check behind an endpoint. */
    public static boolean is(Target target) {
        return target.kind() == Kind.HEALTH && target.name().indexOf(SEPARATOR) >= 0;
    }

    /** What is asked for this target: of a check its endpoint, else the target itself. */
    public static Target asked(Target target) {
        return is(target) ? new Target(Kind.HEALTH, target.name().substring(0, target.name().indexOf(SEPARATOR))) : target;
    }

    /** Whether a list of targets means this one, by its name or by {@link #any}. */
    static boolean isIn(Set<Target> list, Target target) {
        return list.contains(target) || is(target) && list.contains(any(asked(target)));
    }
}
