package dev.heartbeat.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.heartbeat.model.StateCodec;
import dev.heartbeat.model.Transition;
import dev.heartbeat.store.StateStore.Announcement;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** Which transitions has nobody announced yet? A consumer group shares them out among the subscribers. */
final class RedisOutbox {
    /** Who has not announced within this has died over it. */
    static final Duration RECLAIM = Duration.ofSeconds(30);
    /** Every start of a subscriber is a consumer of its own; who has been silent for so long will not come back. */
    private static final Duration FORGET = Duration.ofDays(1);
    private static final String GROUP = "subscribers";

    private final RedisLink link;
    private final String consumer;
    private final String reclaimMillis;

    RedisOutbox(RedisLink link, String consumer, Duration reclaim) {
        this.link = link;
        this.consumer = consumer;
        this.reclaimMillis = Long.toString(reclaim.toMillis());
    }

    /** Creates the group where it is absent; it begins with the oldest transition that is kept. */
    Uni<Void> create() {
        return create(FORGET);
    }

    Uni<Void> create(Duration forget) {
        return link.send(RedisLink.command(Command.XGROUP, "CREATE", RedisKeys.OUTBOX, GROUP, "0", "MKSTREAM"))
                .onFailure(fault -> RedisLink.is(fault, "BUSYGROUP")).recoverWithNull()
                .chain(() -> link.send(RedisLink.command(Command.XINFO, "CONSUMERS", RedisKeys.OUTBOX, GROUP)))
                .chain(consumers -> forget(consumers, forget));
    }

    private Uni<Void> forget(Response consumers, Duration forget) {
        return Multi.createFrom().iterable(consumers)
                .select().where(one -> value(one, "pending") == 0 && value(one, "idle") > forget.toMillis())
                .onItem().transformToUniAndConcatenate(one -> link.send(RedisLink.command(Command.XGROUP, "DELCONSUMER",
                        RedisKeys.OUTBOX, GROUP, one.get(1).toString())))
                .collect().last()
                .replaceWithVoid();
    }

    /** Of names and values in turn. */
    private static long value(Response fields, String name) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).toString().equals(name)) {
                return fields.get(i + 1).toLong();
            }
        }
        return 0;
    }

    Uni<List<Announcement>> next(int most) {
        return ask(most)
                .onFailure(fault -> RedisLink.is(fault, "NOGROUP")).recoverWithUni(() -> create().chain(() -> ask(most)));
    }

    Uni<Void> acknowledge(List<Announcement> done) {
        List<String> ids = new ArrayList<>(done.size());
        done.forEach(announcement -> ids.add(announcement.id()));
        return end(ids);
    }

    /** What somebody died over comes first: it is the oldest. */
    private Uni<List<Announcement>> ask(int most) {
        String count = Integer.toString(most);
        return link.send(RedisLink.command(Command.XAUTOCLAIM, RedisKeys.OUTBOX, GROUP, consumer, reclaimMillis, "0", "COUNT",
                count))
                .chain(claimed -> announcements(claimed.get(1)))
                .chain(left -> left.isEmpty() ? fresh(count) : Uni.createFrom().item(left));
    }

    private Uni<List<Announcement>> fresh(String count) {
        return link.send(RedisLink.command(Command.XREADGROUP, "GROUP", GROUP, consumer, "COUNT", count, "STREAMS",
                RedisKeys.OUTBOX, ">"))
                .chain(streams -> streams == null ? Uni.createFrom().item(List.of()) : announcements(streams.get(0).get(1)));
    }

    /** What can't be read, or was dropped from the full outbox meanwhile, is nobody's to announce. */
    private Uni<List<Announcement>> announcements(Response entries) {
        List<Announcement> readable = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (Response entry : entries) {
            if (entry == null) {
                continue;
            }
            String id = entry.get(0).toString();
            Response fields = entry.get(1);
            Transition transition = fields == null || fields.size() < 2 ? null
                    : StateCodec.transition(fields.get(1).toString());
            if (transition == null) {
                unreadable.add(id);
            } else {
                readable.add(new Announcement(id, transition));
            }
        }
        return end(unreadable).replaceWith(readable);
    }

    private Uni<Void> end(List<String> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Request request = RedisLink.command(Command.XACK, RedisKeys.OUTBOX, GROUP);
        ids.forEach(request::arg);
        return link.send(request).replaceWithVoid();
    }
}
