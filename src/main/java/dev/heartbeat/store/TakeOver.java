package dev.heartbeat.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jboss.logging.Logger;

import dev.heartbeat.model.PhKey;
import dev.heartbeat.model.PhTime;
import dev.heartbeat.model.Shown;
import dev.heartbeat.model.SourceState.Adopted;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** Which of PH's keys are there when we start? They may be PH's own, ours of another layout, or somebody else's. */
final class TakeOver {
    private static final Logger LOG = Logger.getLogger(TakeOver.class);
    private static final String PAGE = "1000";
    private static final int EXAMPLES = 5;

    private final RedisLink link;
    private boolean warned;

    TakeOver(RedisLink link) {
        this.link = link;
    }

    /** What is there, by name. */
    record Found(Map<PhKey, Adopted> keys) {
        /** All but these names. */
        Map<PhKey, Adopted> without(Set<PhKey> names) {
            Map<PhKey, Adopted> rest = new HashMap<>(keys);
            rest.keySet().removeAll(names);
            return rest;
        }

        /** Writes the keys of known names that are not there as the layout wants them. */
        void settle(Known known, Layout layout, KeyMoves moves) {
            for (PhKey key : known.keys()) {
                Shown shown = known.shownByOthers(key, null);
                Adopted there = keys.getOrDefault(key, new Adopted(null, null));
                boolean missing = (shown.ok() ? there.up() : there.down()) == null;
                boolean both = there.up() != null && there.down() != null;
                if (missing || both && layout == Layout.READER_SAFE) {
                    moves.settle(key, shown);
                }
            }
        }
    }

    Uni<Found> scan() {
        Map<PhKey, Adopted> keys = new HashMap<>();
        List<String> malformed = new ArrayList<>();
        return page("service:*", "0", keys, malformed)
                .chain(() -> page("queue:*", "0", keys, malformed))
                .chain(() -> warned || malformed.isEmpty() ? Uni.createFrom().voidItem() : warn(malformed))
                .replaceWith(new Found(keys));
    }

    private Uni<Void> page(String pattern, String cursor, Map<PhKey, Adopted> keys, List<String> malformed) {
        return link.send(RedisLink.command(Command.SCAN, cursor, "MATCH", pattern, "COUNT", PAGE))
                .chain(page -> values(page.get(1), keys, malformed)
                        .chain(() -> {
                            String next = page.get(0).toString();
                            return next.equals("0") ? Uni.createFrom().voidItem() : page(pattern, next, keys, malformed);
                        }));
    }

    private Uni<Void> values(Response names, Map<PhKey, Adopted> keys, List<String> malformed) {
        if (names.size() == 0) {
            return Uni.createFrom().voidItem();
        }
        Request values = Request.cmd(Command.MGET);
        names.forEach(name -> values.arg(name.toString()));
        return link.send(values).invoke(answers -> {
            for (int i = 0; i < names.size(); i++) {
                Response value = answers.get(i);
                if (!take(names.get(i).toString(), value == null ? null : value.toString(), keys)) {
                    malformed.add(names.get(i).toString());
                }
            }
        }).replaceWithVoid();
    }

    /** Whether the key is one that PH, or we, may have written. */
    private static boolean take(String key, String value, Map<PhKey, Adopted> keys) {
        boolean ok = key.endsWith(KeyMoves.OK);
        int begin = key.indexOf(':') + 1;
        int end = key.lastIndexOf(':');
        var at = PhTime.instant(value);
        if (at == null || end < begin || key.indexOf(':', begin) != end || !ok && !key.endsWith(KeyMoves.NOT_OK)) {
            return false;
        }
        keys.merge(new PhKey(key.startsWith("queue:"), key.substring(begin, end)),
                ok ? new Adopted(at, null) : new Adopted(null, at),
                (one, other) -> new Adopted(one.up() == null ? other.up() : one.up(),
                        one.down() == null ? other.down() : one.down()));
        return true;
    }

    /** What another subscriber has deleted meanwhile is nobody's any more. */
    private Uni<Void> warn(List<String> malformed) {
        warned = true;
        return Multi.createFrom().iterable(malformed)
                .onItem().transformToUniAndConcatenate(key -> link.send(RedisLink.command(Command.TYPE, key))
                        .map(type -> type.toString().equals("none") ? null : key))
                .collect().asList()
                .invoke(left -> {
                    if (!left.isEmpty()) {
                        LOG.warnf(
                                "Keys under service:* and queue:* that no heartbeat wrote (%d) stay as they are; whatever reads the"
                                        + " heartbeat's keys may stumble over them: %s",
                                left.size(), NameWatch.shown(left, EXAMPLES));
                    }
                }).replaceWithVoid();
    }
}
