package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What do heartbeats, one after the other, write into the diaries of their source's targets? What was observed, not what is
 * judged of it; a target that is up costs nothing. Used once, beside {@link Hearing}.
 */
final class Diaries {
    /** However rarely a target is asked, one heartbeat tells of no more than a day. */
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int SECONDS_PER_HOUR = 3600;

    private final Policy policy;
    private final Roster roster;
    private final Membership membership;
    private final Map<String, Group> groups;
    private final Map<String, Minutes> heard;
    private final Set<Target> marked = new HashSet<>();
    private long closed;
    private boolean changed;

    /** {@code groups} are those of the hearing, which goes on changing them. */
    Diaries(SourceState base, Roster roster, Map<String, Group> groups, Policy policy) {
        this.policy = policy;
        this.roster = roster;
        this.membership = new Membership(roster);
        this.groups = groups;
        this.heard = new HashMap<>(base.heard());
        this.closed = base.closed();
    }

    /**
     * What one heartbeat tells of time.
     *
     * @param at its instant, or that from which on minutes can still be told, when that is later
     * @param from the first minute that it covers
     * @param to the first that it does not cover any more
     * @param outdated whether the source has since sent a list of its targets: nobody is known for longer by what was said
     *        before, which may be of a target that was retired meanwhile
     */
    private record Page(String group, Instant at, long from, long to, boolean outdated) {
    }

    /** Closes what is old when the heartbeat comes, before anything of it is known. One that is late itself closes nothing. */
    void turnTo(Placed in) {
        if (in.newest()) {
            close(Closing.before(in.received()));
        }
    }

    /**
     * Writes one heartbeat that is no repeat, once the states of the targets that it names know it: who is up, who is not, and
     * who of its group is missing.
     *
     * @param listed mark of the source's newest list of targets before it; null when none came
     */
    void write(Placed in, List<Roster.Slot> named, Mark listed) {
        Page page = page(in, listed);
        Minutes before = heard.getOrDefault(page.group, Minutes.NONE);
        Minutes after = before.mark(page.from, page.to);
        if (after != before) {
            heard.put(page.group, after);
            changed = true;
        }
        for (Roster.Slot slot : named) {
            if (slot.state != null && !slot.state.adopted()) {
                write(slot, page);
            }
        }
        for (Roster.Slot slot : membership.missing(page.group, page.from, page.to)) {
            Diary diary = slot.state.diary();
            if (!slot.state.adopted() && diary.knows(page.at)
                    && diary.group(page.at, slot.state.group()).equals(page.group)) {
                put(slot, diary, told(diary, Health.UNKNOWN, page));
                slot.misses(page.from, page.to);
            }
        }
    }

    Map<String, Minutes> heard() {
        return heard;
    }

    /** The hour before which minutes are only counted per day. */
    long closed() {
        return closed;
    }

    /** Of these targets those whose minutes were changed. */
    Set<Target> marked(Set<Target> targets) {
        marked.retainAll(targets);
        return marked;
    }

    /** Whether anything of all that was new. */
    boolean hasChanged() {
        return changed;
    }

    private Page page(Placed in, Mark listed) {
        Mark mark = in.mark();
        Instant opened = Instant.ofEpochSecond(closed * SECONDS_PER_HOUR);
        long first = Minutes.minute(mark.at());
        Duration pace = pace(in);
        long due = pace == null ? first
                : Minutes.minute(mark.at().plus(pace.compareTo(LONGEST) > 0 ? LONGEST : pace));
        return new Page(in.group().key(), mark.at().isBefore(opened) ? opened : mark.at(),
                Math.max(first, Minutes.minute(opened)), Math.max(first + 1, due),
                listed != null && !mark.isNewerThan(listed));
    }

    /**
     * Null while nobody can say how far the next heartbeat is; nor where it has come already and the rhythm is learned only:
     * what comes again would tell of more than when it came first.
     */
    private Duration pace(Placed in) {
        Group group = in.group();
        return group.interval() == null && !in.newest() ? null : group.pace(policy);
    }

    private void write(Roster.Slot slot, Page page) {
        Diary former = slot.before == null ? Diary.EMPTY : slot.before.diary();
        Diary diary = slot.before == null || slot.before.adopted() ? met(slot, page) : placed(slot, slot.before, page);
        put(slot, former, diary.knows(page.at) ? told(diary, slot.said.outcome().health(), page) : diary);
    }

    private static Diary told(Diary diary, Health seen, Page page) {
        return switch (seen) {
            case UP -> diary;
            case DOWN -> diary.with(diary.down().mark(page.from, page.to), diary.gap());
            case UNKNOWN, STALE -> diary.with(diary.down(), diary.gap().mark(page.from, page.to));
        };
    }

    /** The diary of a target that was just met. Of hours that are closed already it has observed nothing. */
    private Diary met(Roster.Slot slot, Page page) {
        membership.join(slot, page.group);
        return knownSince(page.at, new Diary(page.at, List.of(), Minutes.NONE, Minutes.NONE), page);
    }

    private Diary knownSince(Instant known, Diary diary, Page page) {
        long day = Minutes.day(known);
        int lost = heard.getOrDefault(page.group, Minutes.NONE).count(day);
        return diary.with(diary.down(), diary.gap().plus(day, lost));
    }

    /** The diary of a target that was known before the heartbeat: in which group was it when? */
    private Diary placed(Roster.Slot slot, TargetState before, Page page) {
        Diary diary = before.diary();
        boolean usual = before.group().equals(page.group);
        if (usual && diary.knows(page.at) && diary.isOfPresent(page.at)) {
            return diary;
        }
        if (!usual && !diary.wasIn(page.group)) {
            membership.join(slot, page.group);
        }
        if (!slot.state.group().equals(before.group())) {
            return diary.moved(before.group(), page.at);
        }
        if (!diary.knows(page.at)) {
            return page.outdated ? diary : knownEarlier(diary, before.group(), page);
        }
        return diary.group(page.at, before.group()).equals(page.group) ? diary
                : diary.visited(page.group, page.at, before.group(), before.newest(groups.get(before.group())).at());
    }

    private Diary knownEarlier(Diary diary, String present, Page page) {
        Diary earlier = diary.knownIn(page.group, page.at, present);
        return Minutes.day(page.at) < Minutes.day(diary.known()) ? knownSince(page.at, earlier, page) : earlier;
    }

    private void put(Roster.Slot slot, Diary former, Diary diary) {
        if (slot.state.diary() != diary) {
            slot.state = slot.state.with(diary);
        }
        if (diary.down() != former.down() || diary.gap() != former.gap()) {
            marked.add(slot.target);
            changed = true;
        }
    }

    private void close(long hour) {
        if (hour <= closed) {
            return;
        }
        Closing closing = new Closing(heard, hour);
        for (Roster.Slot slot : roster.slots()) {
            put(slot, slot.state.diary(), closing.close(slot.state.diary(), slot.state.group()));
        }
        heard.replaceAll((group, minutes) -> closing.close(minutes));
        heard.values().removeIf(Minutes.NONE::equals);
        closed = hour;
        changed = true;
    }
}
