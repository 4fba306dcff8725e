package dev.heartbeat.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.PhKey;
import dev.heartbeat.model.PhTime;
import dev.heartbeat.model.Projection;
import dev.heartbeat.model.Shown;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;

/** Which of PH's keys does a change write and delete? A known name is never without one. */
final class KeyMoves {
    static final String OK = ":ok";
    static final String NOT_OK = ":not_ok";

    private final Known known;
    private final Layout layout;
    /** Keys by the value that they get: thousands that were seen in one second share one. */
    private final Map<String, List<String>> written = new LinkedHashMap<>();
    /** Those of the second that was written last: most often the next is of the same. */
    private List<String> ofSecond;
    private long second;
    /** Keys and values, in turn, that another source contributes to as well. */
    private final List<String> shared = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();
    private boolean newWord;

    KeyMoves(Known known, Layout layout) {
        this.known = known;
        this.layout = layout;
    }

    /** The keys of every name that the change has seen; {@code next} is the projection of the state after it. */
    void follow(Change change, Projection former, Projection next) {
        Set<PhKey> done = new HashSet<>(change.seen().size() * 2);
        Set<Target> turned = layout == Layout.SEED ? turned(change) : Set.of();
        for (Target target : change.touched()) {
            if (!PhKey.has(target)) {
                continue;
            }
            PhKey key = PhKey.of(target);
            if (done.add(key)) {
                follow(key, former.shown(key), next.shown(key), next.state().source());
            }
            if (turned.contains(target) && next.shown(key) != null) {
                pass(target, key, former, next);
            }
        }
        for (Target target : change.seen()) {
            PhKey key = PhKey.has(target) ? PhKey.of(target) : null;
            if (key != null && done.add(key)) {
                // What was not touched has kept its health, and a name has kept its word: its instant alone moves on.
                Shown own = next.shown(key);
                follow(key, own, own, next.state().source());
            }
        }
    }

    private void follow(PhKey key, Shown ownBefore, Shown own, String source) {
        Shown others = known.shownByOthers(key, source);
        newWord |= !Shown.sameWord(ownBefore, own);
        Shown before = Shown.worse(ownBefore, others);
        Shown after = Shown.worse(own, others);
        if (after == null) {
            drop(key);
        } else if (!Shown.sameWord(before, after)) {
            settle(key, after);
        } else if (others == null) {
            write(key, after);
        } else {
            shared.add(name(key, after.ok()));
            shared.add(PhTime.text(after.at()));
        }
    }

    /** Whose health changed: one that changed too little to be judged another leaves no key of that. */
    private static Set<Target> turned(Change change) {
        Set<Target> turned = new HashSet<>();
        change.transitions().forEach(transition -> turned.add(transition.target()));
        return turned;
    }

    /** What a target was for a moment within one batch: PH, who writes every message, leaves a key of that as well. */
    private void pass(Target target, PhKey key, Projection former, Projection next) {
        boolean ok = next.shown(key).ok();
        Instant passed = seen(next.state(), target, !ok);
        boolean alone = next.contributors(key).size() == 1 && known.shownByOthers(key, next.state().source()) == null;
        if (passed != null && !passed.equals(seen(former.state(), target, !ok)) && (ok || alone)) {
            write(key, new Shown(!ok, passed));
        }
    }

    private static Instant seen(SourceState state, Target target, boolean ok) {
        TargetState known = state.targets().get(target);
        return known == null ? null : ok ? state.lastUp(known) : state.lastDown(known);
    }

    /** Writes the key of a name whatever is there. */
    void settle(PhKey key, Shown shown) {
        write(key, shown);
        if (layout == Layout.READER_SAFE) {
            deleted.add(name(key, !shown.ok()));
        }
    }

    private void write(PhKey key, Shown shown) {
        long at = shown.at().getEpochSecond();
        if (ofSecond == null || at != second) {
            second = at;
            ofSecond = written.computeIfAbsent(PhTime.text(shown.at()), value -> new ArrayList<>());
        }
        ofSecond.add(name(key, shown.ok()));
    }

    private void drop(PhKey key) {
        deleted.add(name(key, true));
        deleted.add(name(key, false));
    }

    /** Whether what the source says under any key is another word than before, or none any more. */
    boolean hasNewWord() {
        return newWord;
    }

    boolean isEmpty() {
        return written.isEmpty() && shared.isEmpty() && deleted.isEmpty();
    }

    /** In the order in which the script takes them. */
    void addTo(Script.Call call) {
        call.add(written.size());
        written.forEach((value, keys) -> call.add(value).add(keys.size()).addAll(keys));
        call.add(shared.size() / 2).addAll(shared);
        call.add(deleted.size()).addAll(deleted);
    }

    static String name(PhKey key, boolean ok) {
        return key.prefix() + (ok ? OK : NOT_OK);
    }
}
