package dev.heartbeat.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import dev.heartbeat.model.Histogram;
import dev.heartbeat.model.LatencyHour;
import dev.heartbeat.model.StateCodec;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;

/** How fast were the answers, where Redis keeps it? A hash for each count of an hour, and a list of them for each source. */
final class RedisLatencies implements Latencies {
    private static final Script WRITE = Script.of("latencies-write.lua");
    private static final Script READ = Script.of("latencies-read.lua");
    /** Longer than they are read, by so much that no clock needs to be exact. */
    private static final Duration EXPIRY = KEPT.plusHours(1);
    /** One call holds Redis up for a millisecond at most. */
    private static final int AT_ONCE = 500;

    private final RedisLink link;
    private final InstantSource clock;

    RedisLatencies(RedisLink link, InstantSource clock) {
        this.link = link;
        this.clock = clock;
    }

    @Override
    public Uni<Void> write(String source, Instant hour, String count, Map<Target, Histogram> histograms) {
        long ends = Duration.between(clock.instant(), hour.plus(EXPIRY)).toSeconds();
        if (ends <= 0 || histograms.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        // Texts are made as they leave: thousands of targets are never texts at once.
        return Multi.createBy().repeating()
                .uni(histograms.entrySet()::iterator, rest -> write(source, hour, count, ends, rest))
                .whilst(more -> more)
                .collect().last().replaceWithVoid();
    }

    /** Answers whether there are more. */
    private Uni<Boolean> write(String source, Instant hour, String count, long ends,
            Iterator<Map.Entry<Target, Histogram>> rest) {
        Script.Call call = new Script.Call(RedisKeys.latencies(source, hour, count), RedisKeys.latencies(source))
                .add(hour.getEpochSecond()).add(RedisKeys.latencies(source, hour, count)).add(ends)
                .add(EXPIRY.toSeconds()).add(first().getEpochSecond());
        for (int i = 0; i < AT_ONCE && rest.hasNext(); i++) {
            Map.Entry<Target, Histogram> next = rest.next();
            call.add(StateCodec.field(next.getKey())).add(next.getValue().toString());
        }
        return link.run(WRITE, call).map(done -> rest.hasNext());
    }

    @Override
    public Uni<List<LatencyHour>> of(String source, Target target) {
        Script.Call call = new Script.Call(RedisKeys.latencies(source)).add(first().getEpochSecond())
                .add(StateCodec.field(target));
        return link.run(READ, call).map(RedisLatencies::hours);
    }

    private Instant first() {
        return Hours.first(clock.instant());
    }

    /** The answer is hour, text, hour, text…, by hour. */
    private static List<LatencyHour> hours(Response answer) {
        List<LatencyHour> counts = new ArrayList<>();
        for (int i = 0; i < answer.size(); i += 2) {
            Histogram histogram = Histogram.parse(answer.get(i + 1).toString());
            if (histogram != null) {
                counts.add(new LatencyHour(Instant.ofEpochSecond(answer.get(i).toLong()), histogram));
            }
        }
        return Hours.merged(counts);
    }
}
