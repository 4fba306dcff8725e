package dev.heartbeat.store;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.heartbeat.model.Transition;
import io.smallrye.mutiny.Uni;

/** What happened, in the order in which it was committed, for every reader that remembers how far it has read? */
public interface Outbox {
    /** The position before everything. */
    String BEGIN = "0-0";

    /** One transition, and the id under which the store knows it: ids grow in the order of the commits. */
    record Entry(String id, Transition transition) {
        public Entry {
            Objects.requireNonNull(id);
            Objects.requireNonNull(transition);
        }
    }

    /**
     * How far a reader has read, held by this process until its lease ends.
     *
     * @param position the id of the newest entry that is done; null when the reader never read
     * @param notes what the reader wants to remember beside; null when nothing
     * @param holder tells this holding of the place from every other
     */
    record Place(String reader, String position, String notes, String holder) {
        public Place at(String newPosition, String newNotes) {
            return new Place(reader, newPosition, newNotes, holder);
        }
    }

    /** The id of the newest entry; {@link #BEGIN} when nothing ever happened. */
    Uni<String> newest();

    /** The entries after that id that are still kept, oldest first; fewer than so many only when there are no more. */
    Uni<List<Entry>> after(String id, int most);

    /**
     * Whether everything after that id is still kept. When not (it was dropped from the full outbox, or the id is from another
     * life of the store), a reader that stood there says that it missed something, and goes on at {@link #BEGIN}. To be sure of
     * entries that were read, ask afterwards.
     */
    Uni<Boolean> isComplete(String position);

    /**
     * Of a source's newest 1,000 transitions those before that id (null: from the newest on), newest first; fewer than so many
     * only when there are no more.
     */
    Uni<List<Entry>> kept(String source, String before, int most);

    /**
     * The place of that reader, which may have any name, for the caller alone until the lease ends; null while it is held,
     * also by this process.
     */
    Uni<Place> claim(String reader, Duration lease);

    /**
     * Remembers position and notes, and holds the place for another lease; a lease of zero gives it back. Who is late holds the
     * place all the same as long as nobody else has claimed it.
     *
     * @return false when the place was lost or given back meanwhile, and nothing was remembered
     */
    Uni<Boolean> keep(Place place, Duration lease);

    /** Which of two ids came first: negative, zero or positive as by {@link java.util.Comparator}. */
    static int compare(String one, String other) {
        int byTime = Long.compare(part(one, 0), part(other, 0));
        return byTime != 0 ? byTime : Long.compare(part(one, 1), part(other, 1));
    }

    /** Whether the text has the form of an id: {@code number-number}. */
    static boolean isId(String text) {
        return text != null && text.matches("\\d{1,18}-\\d{1,18}");
    }

    private static long part(String id, int index) {
        return Long.parseLong(id.split("-", 2)[index]);
    }
}
