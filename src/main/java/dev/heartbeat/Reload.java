package dev.heartbeat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.heartbeat.TargetsLocation.UnreadableException;
import dev.heartbeat.model.Fault;
import dev.heartbeat.model.Reloaded;
import dev.heartbeat.model.Reloaded.Refused;
import dev.heartbeat.model.Reloaded.Taken;
import dev.heartbeat.model.Targets;
import dev.heartbeat.model.TargetsDifference;
import dev.heartbeat.model.TargetsFile;

/**
 * How does what stands in the targets file come to be what is asked, while the program runs? Read whole before anything
 * changes, one at a time; all of it waits for the disk, so nothing of it is for an event loop.
 */
final class Reload {
    private final Rereading file;
    private final Supplier<Targets> running;
    private final Function<Targets, TargetsDifference> follow;
    private final ReloadVoice voice;
    private final InstantSource clock;
    /** By which the newest content is known that was taken or refused; null until there was one. */
    private String settled;
    /** By which a content is known that was seen once. */
    private String pending;
    private volatile Standing standing;

    /**
     * How is the newest reading?
     *
     * @param read when what is asked now was read
     * @param since when the reading failed; null where it did not
     * @param wrong why; empty where it did not
     */
    record Standing(Instant read, Instant since, List<String> wrong) {
        boolean isFailed() {
            return since != null;
        }
    }

    /**
     * @param running answers what is asked now
     * @param follow takes what is asked from now on, and answers what is different
     */
    Reload(Rereading file, Supplier<Targets> running, Function<Targets, TargetsDifference> follow, ReloadVoice voice,
            InstantSource clock) {
        this.file = file;
        this.running = running;
        this.follow = follow;
        this.voice = voice;
        this.clock = clock;
        this.standing = new Standing(clock.instant(), null, List.of());
    }

    Standing standing() {
        return standing;
    }

    /** Reads it because somebody asks: what is being written just now is then that person's own fault. */
    synchronized Reloaded now() {
        return read(true);
    }

    /**
     * Reads it when there is another content than before, and the same as when it was looked at last: nothing that is half
     * written is taken, or complained about.
     *
     * @return whether it is worth looking again soon
     */
    synchronized boolean look() {
        String now = file.print();
        if (now.equals(settled)) {
            pending = null;
            return false;
        }
        if (!now.equals(pending)) {
            pending = now;
            return true;
        }
        return read(false) == null;
    }

    /** Null where it changed since it was looked at. */
    private Reloaded read(boolean asked) {
        byte[] content;
        try {
            content = file.bytes();
        } catch (UnreadableException e) {
            String print = file.print();
            settle(Rereading.isOfNothing(print) ? print : null);
            return refuse(List.of(e.getMessage()), List.of());
        }
        String print = file.print(content);
        if (!asked && !print.equals(pending)) {
            pending = print;
            return null;
        }
        boolean first = settled == null && !asked;
        try {
            return take(content, first);
        } finally {
            settle(file.printRead(content));
        }
    }

    private void settle(String print) {
        settled = print;
        pending = null;
    }

    private Reloaded take(byte[] content, boolean first) {
        try {
            TargetsFile.Read read = file.read(content);
            List<Fault> faults = read.targets() == null ? read.faults() : emptiness(read);
            if (!faults.isEmpty()) {
                return refuse(faults.stream().map(Fault::toString).toList(), faults);
            }
            return taken(new Taken(file.path().toString(), follow.apply(read.targets())), read, first);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) { // whatever a file does to its reader
            voice.broke(e);
            return refuse(List.of(file.path() + ": its reader failed (" + e.getClass().getSimpleName()
                    + "), which is a fault of this program; please report it"), List.of());
        }
    }

    /**
     * A slip in a file that is read tolerantly must not take out all that is watched: whoever reads PH's keys would see green.
     */
    private List<Fault> emptiness(TargetsFile.Read read) {
        int asked = running.get().all().size();
        if (asked == 0 || !read.targets().all().isEmpty()) {
            return List.of();
        }
        List<Fault> faults = new ArrayList<>(List.of(new Fault(file.path().toString(), 1, 1, "", null,
                "names no target, and would leave nothing to watch, where " + asked + " are asked now; name one, or, if that is"
                        + " meant, start the program anew with it, or stop it and take each target out with retire")));
        faults.addAll(read.warnings());
        return faults;
    }

    /** That the first look finds what was read at the start is no news. */
    private Taken taken(Taken taken, TargetsFile.Read read, boolean first) {
        boolean news = !first || !taken.difference().isNone() || standing.isFailed();
        standing = new Standing(clock.instant(), null, List.of());
        if (news) {
            voice.taken(taken, read.warnings());
        }
        return taken;
    }

    private Refused refuse(List<String> lines, List<Fault> faults) {
        Refused refused = new Refused(file.path().toString(), lines, faults);
        standing = new Standing(standing.read(), standing.isFailed() ? standing.since() : clock.instant(), lines);
        voice.refused(refused);
        return refused;
    }
}
