package dev.heartbeat.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.heartbeat.model.Printable;
import dev.heartbeat.model.SourceState;

/** What is odd about a source, that its operator should mend? Each is said when it begins, and not again while it lasts. */
final class Oddities {
    /** Two programs that go on speaking as one are named again after so long. */
    private static final Duration AGAIN = Duration.ofHours(1);

    private final Map<String, Instant> rivalsSaid = new HashMap<>();
    private final Set<String> ahead = new HashSet<>();

    /** What is new of these sources, a line each. */
    List<String> in(Collection<SourceState> states) {
        List<String> lines = new ArrayList<>();
        for (SourceState state : states) {
            rivals(state, lines);
            clock(state, lines);
        }
        return lines;
    }

    private void rivals(SourceState state, List<String> lines) {
        Instant rival = state.speaker().rival();
        Instant said = rivalsSaid.get(state.source());
        if (rival != null && (said == null || rival.isAfter(said.plus(AGAIN)))) {
            rivalsSaid.put(state.source(), rival);
            lines.add(Printable.text("two programs speak as source " + state.source() + ", their words interleave: boots "
                    + state.speaker().boot() + " and " + state.speaker().former()
                    + "; stop one, or give it a name of its own (HEARTBEAT_SOURCE)"));
        }
    }

    private void clock(SourceState state, List<String> lines) {
        if (!state.speaker().clockAhead()) {
            ahead.remove(state.source());
        } else if (ahead.add(state.source())) {
            lines.add(Printable.text("the clock of source " + state.source() + " is " + -state.speaker().offset().toSeconds()
                    + " s ahead of ours; its instants are corrected until it is set right"));
        }
    }
}
