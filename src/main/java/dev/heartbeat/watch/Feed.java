package dev.heartbeat.watch;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import dev.heartbeat.store.Outbox.Entry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What happens, as it happens, for everybody who looks at this process, whichever subscriber heard it? */
@ApplicationScoped
public class Feed {
    /**
     * Every transition after that id, oldest first, and then every one as it is committed; null: only those to come. Never
     * completes; fails with {@link BehindException} for a listener that takes so long that 256 entries wait for it, or when so
     * many were missed that they are no longer kept.
     */
    public Multi<Entry> follow(String after) {
        throw new UnsupportedOperationException("STUB");
    }

    /** The newest transitions of all sources that this process knows, newest first, at most so many (and at most 1,000). */
    public List<Entry> latest(int most) {
        throw new UnsupportedOperationException("STUB");
    }

    /** Reads what is new in the outbox and tells it; completes when all who follow were told. */
    public Uni<Void> tell() {
        throw new UnsupportedOperationException("STUB");
    }

    /** A listener did not keep up, or begins at something that is no longer kept. */
    public static final class BehindException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public BehindException(String message) {
            super(message);
        }
    }
}
