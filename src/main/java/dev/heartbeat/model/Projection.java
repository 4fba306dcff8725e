package dev.heartbeat.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What does one source contribute to PH's keys? The keys show the worst of all contributors of all sources; only what is up
 * is ok. A value: it stands for one state, and changes nothing.
 */
public final class Projection {
    private final SourceState state;
    private final Map<PhKey, List<Target>> contributors;

    private Projection(SourceState state, Map<PhKey, List<Target>> contributors) {
        this.state = state;
        this.contributors = contributors;
    }

    public static Projection of(SourceState state) {
        Map<PhKey, List<Target>> contributors = new HashMap<>(state.targets().size() * 2);
        for (Target target : state.targets().keySet()) {
            if (PhKey.has(target)) {
                contributors.merge(PhKey.of(target), List.of(target), Projection::both);
            }
        }
        return new Projection(state, contributors);
    }

    /** The projection of a later state, in which of all targets only these may have come or gone: cheap when none has. */
    public Projection next(SourceState next, Set<Target> touched) {
        Map<PhKey, List<Target>> changed = null;
        for (Target target : touched) {
            boolean stays = next.targets().containsKey(target);
            if (PhKey.has(target) && state.targets().containsKey(target) != stays) {
                changed = changed == null ? new HashMap<>(contributors) : changed;
                List<Target> came = stays ? List.of(target) : List.of();
                changed.compute(PhKey.of(target), (key, known) -> known == null ? came : withOrWithout(known, target, came));
            }
        }
        return new Projection(next, changed == null ? contributors : changed);
    }

    public SourceState state() {
        return state;
    }

    /** Every name that this source contributes to. */
    public Set<PhKey> keys() {
        return contributors.keySet();
    }

    /** The targets behind a key; empty where the source contributes none. */
    public List<Target> contributors(PhKey key) {
        return contributors.getOrDefault(key, List.of());
    }

    /** What this source alone says under the key; null where it contributes nothing. */
    public Shown shown(PhKey key) {
        Shown shown = null;
        for (Target target : contributors(key)) {
            shown = Shown.worse(shown, shown(state.targets().get(target)));
        }
        return shown;
    }

    /** The instant is that of the observation, or of the verdict that spoke where no observation did. */
    private Shown shown(TargetState target) {
        return switch (target.health()) {
            case UP -> new Shown(true, known(state.lastUp(target), target));
            case DOWN -> new Shown(false, known(state.lastDown(target), target));
            case STALE, UNKNOWN -> new Shown(false, target.since());
        };
    }

    private static Instant known(Instant seen, TargetState target) {
        return seen == null ? target.since() : seen;
    }

    /** Null when nobody is left. */
    private static List<Target> withOrWithout(List<Target> known, Target target, List<Target> came) {
        List<Target> others = new ArrayList<>(known);
        others.remove(target);
        return others.isEmpty() && came.isEmpty() ? null : both(others, came);
    }

    private static List<Target> both(List<Target> some, List<Target> more) {
        List<Target> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
