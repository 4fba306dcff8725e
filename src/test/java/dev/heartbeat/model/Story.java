package dev.heartbeat.model;

import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.host;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What do we know of one source, as its story goes on? Told in {@link Saying}s; instants are seconds after their start. */
final class Story {
    private SourceState state = SourceState.unheard(SourceState.DEFAULT_SOURCE);
    private Policy policy = Policy.DEFAULT;
    private Change last = Change.none(state);
    private final List<Transition> untold = new ArrayList<>();

    Story staleAfter(double seconds) {
        return by(new Policy(Duration.ofMillis(Math.round(seconds * 1000)), policy.publishInterval(), policy.judging(),
                policy.massShare(), policy.newsMaxAge()));
    }

    Story publishInterval(double seconds) {
        return by(new Policy(policy.staleAfter(), Duration.ofMillis(Math.round(seconds * 1000)), policy.judging(),
                policy.massShare(), policy.newsMaxAge()));
    }

    /** As the settings of these names say. */
    Story judging(String failuresBeforeDown, String successesBeforeUp, String flapDetection) {
        return by(new Policy(policy.staleAfter(), policy.publishInterval(),
                Judging.of(failuresBeforeDown, successesBeforeUp, flapDetection), policy.massShare(), policy.newsMaxAge()));
    }

    Story massShare(double share) {
        return by(new Policy(policy.staleAfter(), policy.publishInterval(), policy.judging(), share, policy.newsMaxAge()));
    }

    Story newsMaxAge(double seconds) {
        return by(new Policy(policy.staleAfter(), policy.publishInterval(), policy.judging(), policy.massShare(),
                Duration.ofMillis(Math.round(seconds * 1000))));
    }

    private Story by(Policy other) {
        policy = other;
        return this;
    }

    /** Another subscriber goes on with what a store kept. */
    Story isReadAgain() {
        SourceState nothing = SourceState.unheard(state.source());
        Set<Target> all = state.targets().keySet();
        StateDraft draft = new StateDraft(nothing);
        StoredFields.of(new Change(nothing, state, all, Map.of(), all, List.of(), all)).written().forEach(draft::read);
        state = draft.state(state.version(), StateCodec.head(state));
        return this;
    }

    /** Someone takes targets out by hand. */
    Story retires(double now, String... hosts) {
        return commit(state.retire(Arrays.stream(hosts).map(Saying::host).collect(Collectors.toSet()), at(now)));
    }

    /** One after the other, each committed before the next. */
    Story hears(Saying... sayings) {
        for (Saying saying : sayings) {
            commit(state.hear(List.of(saying.heard()), policy));
        }
        return this;
    }

    /** All in one batch. */
    Story hearsAtOnce(Saying... sayings) {
        return commit(state.hear(Arrays.stream(sayings).map(Saying::heard).toList(), policy));
    }

    /** The watch judges, and we could hear all the time. */
    Story isJudgedAt(double now) {
        return isJudgedAt(now, -1e9);
    }

    /** The watch judges, and we could hear since {@code listening} only. */
    Story isJudgedAt(double now, double listening) {
        return commit(state.judge(at(now), at(listening), policy));
    }

    /** Someone takes PH's keys over. */
    Story adopts(PhKey key, Double up, Double down) {
        return commit(state.adopt(Map.of(key, new SourceState.Adopted(instant(up), instant(down)))));
    }

    private static Instant instant(Double second) {
        return second == null ? null : at(second);
    }

    private Story commit(Change change) {
        last = change;
        state = change.next();
        untold.addAll(change.transitions());
        return this;
    }

    SourceState state() {
        return state;
    }

    Change last() {
        return last;
    }

    /** The host's health; null when it is not known. */
    Health health(String host) {
        return health(host(host));
    }

    Health health(Target target) {
        return state.targets().containsKey(target) ? of(target).health() : null;
    }

    TargetState of(String host) {
        return of(host(host));
    }

    TargetState of(Target target) {
        return state.targets().get(target);
    }

    /** What has happened to targets since this was last asked, such as {@code db: UP -> DOWN}. */
    List<String> news() {
        List<String> news = untold.stream()
                .filter(transition -> transition.target() != null)
                .map(transition -> transition.target().name() + ": " + transition.from() + " -> " + transition.to())
                .toList();
        untold.clear();
        return news;
    }

    /**
     * All that has happened since this was last asked, also to the source as a whole, and how it is told: such as
     * {@code source: UP -> STALE NEWS}, {@code db: UP -> STALE PART}.
     */
    List<String> telling() {
        List<String> telling = untold.stream()
                .map(transition -> (transition.target() == null ? "source" : transition.target().name()) + ": "
                        + transition.from() + " -> " + transition.to() + " " + transition.telling())
                .toList();
        untold.clear();
        return telling;
    }

    /** What has happened since this was last asked, as it is. */
    List<Transition> transitions() {
        List<Transition> transitions = List.copyOf(untold);
        untold.clear();
        return transitions;
    }

    /** Lets what happened until now go untold. */
    Story untilNow() {
        untold.clear();
        return this;
    }
}
