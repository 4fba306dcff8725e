package dev.heartbeat.watch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import org.jboss.logging.Logger;

import dev.heartbeat.model.AlertNotes;
import dev.heartbeat.store.Outbox;
import dev.heartbeat.store.Outbox.Entry;
import dev.heartbeat.store.Outbox.Place;
import io.smallrye.mutiny.Uni;

/**
 * Does this process hold a receiver's place, and what stands in its notes? While it is held, what is remembered here is the
 * truth; the store has it for whoever comes next.
 */
final class AlertPlace {
    private static final Logger LOG = Logger.getLogger("dev.heartbeat.alerts");
    /** Long notes are not written after each of many alerts, but after so many bytes' worth of them. */
    private static final int BYTES_PER_ALERT = 64 * 1024;
    private static final long LONGEST_UNKEPT = Duration.ofSeconds(1).toNanos();
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final String reader;
    private final Outbox outbox;
    private final Duration lease;
    private Place place;
    private String position;
    private AlertNotes notes = AlertNotes.EMPTY;
    private long until;
    private long keptAt;
    private long keptSize;
    private int unkept;
    private boolean isChecked;

    AlertPlace(String reader, Outbox outbox, Duration lease) {
        this.reader = reader;
        this.outbox = outbox;
        this.lease = lease;
    }

    /** The address is a secret, and a key in the store is not. */
    static String reader(String address) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
            return "alerts:" + HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    AlertNotes notes() {
        return notes;
    }

    String position() {
        return position;
    }

    /** Whether the place is this process's, now or since earlier. */
    Uni<Boolean> hold() {
        long asked = System.nanoTime();
        if (place != null) {
            return begun();
        }
        return outbox.claim(reader, lease).chain(claimed -> claimed == null ? Uni.createFrom().item(false)
                : begin(claimed, asked));
    }

    private Uni<Boolean> begin(Place claimed, long asked) {
        place = claimed;
        isChecked = false;
        position = claimed.position();
        notes = read(claimed.notes());
        until = asked + lease.toNanos();
        keptSize = claimed.notes() == null ? 0 : claimed.notes().length();
        return begun();
    }

    /** Who was never told anything is not told old history. */
    private Uni<Boolean> begun() {
        return position != null ? Uni.createFrom().item(true)
                : outbox.newest().chain(newest -> keep(newest, AlertNotes.EMPTY));
    }

    private AlertNotes read(String text) {
        try {
            return AlertNotes.read(text);
        } catch (IllegalArgumentException e) {
            LOG.warnf("the notes of %s can not be read, and are begun anew: what is open now is not resolved", reader);
            return AlertNotes.EMPTY;
        }
    }

    /** What happened after the position. */
    Uni<List<Entry>> next(int most) {
        return outbox.after(position, most);
    }

    /**
     * Whether these are all that happened after the position; asked when there are some, or when the place was just claimed.
     */
    Uni<Boolean> isComplete(List<Entry> entries) {
        if (position.equals(Outbox.BEGIN) || entries.isEmpty() && isChecked) {
            return Uni.createFrom().item(true);
        }
        return outbox.isComplete(position).invoke(complete -> isChecked = true);
    }

    /** Remembers, and keeps; false when the place was lost. */
    Uni<Boolean> keep(String newPosition, AlertNotes newNotes) {
        position = newPosition;
        notes = newNotes;
        return keep(lease);
    }

    /** Remembers that something was told; false when the place was lost. */
    Uni<Boolean> done(AlertNotes newNotes) {
        notes = newNotes;
        unkept++;
        boolean isTime = (long) unkept * BYTES_PER_ALERT >= keptSize || System.nanoTime() - keptAt > LONGEST_UNKEPT;
        return isTime ? keep(lease) : Uni.createFrom().item(true);
    }

    /** Keeps what is not kept yet. */
    Uni<Boolean> settle() {
        return unkept > 0 ? keep(lease) : Uni.createFrom().item(place != null);
    }

    /** Makes sure that the place is held for so long from now on; false when it was lost. */
    Uni<Boolean> renew(Duration needed) {
        return until - System.nanoTime() > needed.plus(MARGIN).toNanos() ? Uni.createFrom().item(true) : keep(lease);
    }

    Uni<Void> giveBack() {
        return place == null ? Uni.createFrom().voidItem() : keep(Duration.ZERO).replaceWithVoid();
    }

    private Uni<Boolean> keep(Duration forSoLong) {
        long asked = System.nanoTime();
        String text = notes.write();
        return outbox.keep(place.at(position, text), forSoLong).invoke(held -> {
            until = asked + forSoLong.toNanos();
            keptAt = asked;
            keptSize = text.length();
            unkept = 0;
            if (!held || forSoLong.isZero()) {
                place = null;
            }
        });
    }
}
