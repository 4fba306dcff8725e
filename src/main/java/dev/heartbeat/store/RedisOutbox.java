package dev.heartbeat.store;

import java.time.Duration;
import java.util.List;

import io.smallrye.mutiny.Uni;

/** What happened, when it is kept in Redis? */
final class RedisOutbox implements Outbox {
    RedisOutbox(RedisLink link) {
    }

    @Override
    public Uni<String> newest() {
        throw new UnsupportedOperationException("STUB");
    }

    @Override
    public Uni<List<Entry>> after(String id, int most) {
        throw new UnsupportedOperationException("STUB");
    }

    @Override
    public Uni<List<Entry>> kept(String source, String before, int most) {
        throw new UnsupportedOperationException("STUB");
    }

    @Override
    public Uni<Place> claim(String reader, Duration lease) {
        throw new UnsupportedOperationException("STUB");
    }

    @Override
    public Uni<Boolean> keep(Place place, Duration lease) {
        throw new UnsupportedOperationException("STUB");
    }
}
