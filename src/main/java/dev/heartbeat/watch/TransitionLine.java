package dev.heartbeat.watch;

import org.jboss.logging.Logger.Level;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Printable;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Transition;

/** What does the log say of a transition, in one line, and to whom? */
final class TransitionLine {
    private TransitionLine() {
    }

    /** A part of a larger piece of news, or what is long past, would only hide what is news. */
    static Level level(Transition transition) {
        return switch (transition.telling()) {
            case NEWS -> Level.INFO;
            case PART, PAST -> Level.DEBUG;
        };
    }

    /** One line for a person: what, of whom, is what, was what, and why. */
    static String of(Transition transition) {
        String line = transition.target() == null && transition.detail() != null ? ofSource(transition)
                : transition.from() != null && transition.from() == transition.to() ? ofFlapping(transition)
                        : ofChange(transition);
        return Printable.text(line);
    }

    /** What happens to a source as a whole is in the detail, as what is said of it: silent since when, how many are down. */
    private static String ofSource(Transition transition) {
        boolean counts = transition.from() == Health.DOWN || transition.to() == Health.DOWN || transition.to() == null;
        return "source " + transition.source() + (counts ? ": " : " ") + transition.detail();
    }

    private static String ofFlapping(Transition transition) {
        boolean begins = transition.reason() == Reason.FLAPPING;
        return who(transition) + (begins ? " is flapping, held " : " is ") + transition.to() + ", at " + transition.at() + ": "
                + transition.detail();
    }

    private static String ofChange(Transition transition) {
        StringBuilder line = new StringBuilder(who(transition))
                .append(transition.to() == null ? " is retired" : " is " + transition.to());
        if (transition.from() != null) {
            line.append(", was ").append(transition.from());
        }
        line.append(", at ").append(transition.at());
        if (transition.reason() != null) {
            line.append(": ").append(transition.reason());
        }
        if (transition.detail() != null) {
            line.append(", ").append(transition.detail());
        }
        return line.toString();
    }

    private static String who(Transition transition) {
        return transition.target() == null ? "source " + transition.source()
                : transition.target() + " of " + transition.source();
    }
}
