package dev.heartbeat.web;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Which bean could not be made, by the stack of whoever tried? */
final class Culprit {
    private Culprit() {
    }

    /**
     * The innermost of these classes that a failure came from; of one that is overdue, that the thread is still in.
     *
     * @param maker null where nobody knows the thread
     */
    static Optional<String> of(Collection<String> classes, Throwable failure, Thread maker) {
        if (failure instanceof OverdueException) {
            return maker == null ? Optional.empty() : of(classes, maker.getStackTrace());
        }
        Optional<String> inner = failure.getCause() == null ? Optional.empty() : of(classes, failure.getCause(), maker);
        return inner.isPresent() ? inner : of(classes, failure.getStackTrace());
    }

    private static Optional<String> of(Collection<String> classes, StackTraceElement[] stack) {
        return Stream.of(stack).map(StackTraceElement::getClassName)
                .flatMap(frame -> classes.stream().filter(name -> isOf(name, frame)).max(Comparator.comparing(String::length))
                        .stream())
                .findFirst();
    }

    /** The class itself, or what was made of it to make its instances: its own underscores aside, named after it. */
    private static boolean isOf(String name, String frame) {
        String made = name.replace('$', '_') + "_";
        return frame.equals(name) || frame.startsWith(made);
    }
}
