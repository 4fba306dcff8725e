package dev.heartbeat.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.heartbeat.model.StateCodec;
import dev.heartbeat.model.Transition;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** What happened, when it is kept in Redis? {@code commit.lua} writes the entries. */
final class RedisOutbox implements Outbox {
    private static final Script CLAIM = Script.of("claim.lua");
    private static final Script KEEP = Script.of("keep.lua");
    private static final String TRANSITION = "transition";
    private static final String PREVIOUS = "previous";
    private static final String OLDEST = "-";
    private static final String NEWEST = "+";

    private final RedisLink link;
    private final SecureRandom random = new SecureRandom();

    RedisOutbox(RedisLink link) {
        this.link = link;
    }

    @Override
    public Uni<String> newest() {
        return ask(Command.XREVRANGE, RedisKeys.OUTBOX, NEWEST, OLDEST, 1)
                .map(entries -> entries.size() == 0 ? BEGIN : id(entries.get(0)));
    }

    @Override
    public Uni<List<Entry>> after(String id, int most) {
        return read(new Page(Command.XRANGE, RedisKeys.OUTBOX, NEWEST, most), "(" + id);
    }

    @Override
    public Uni<List<Entry>> kept(String source, String before, int most) {
        return read(new Page(Command.XREVRANGE, RedisKeys.transitions(source), OLDEST, most),
                before == null ? NEWEST : "(" + before);
    }

    /** The oldest entry says which one stood before it: what is gone is that one, and those before. */
    @Override
    public Uni<Boolean> isComplete(String position) {
        return ask(Command.XRANGE, RedisKeys.OUTBOX, OLDEST, NEWEST, 1)
                .chain(oldest -> newest().map(newest -> Outbox.compare(position, newest) <= 0
                        && (oldest.size() == 0 || Outbox.compare(gone(oldest.get(0)), position) <= 0)));
    }

    private static String gone(Response oldest) {
        String previous = field(oldest, PREVIOUS);
        return Outbox.isId(previous) ? previous : id(oldest);
    }

    @Override
    public Uni<Place> claim(String reader, Duration lease) {
        String holder = Long.toString(random.nextLong() >>> 1, 36);
        return link.run(CLAIM, new Script.Call(RedisKeys.reader(reader)).add(holder).add(lease.toMillis()))
                .map(held -> held == null ? null : new Place(reader, text(held.get(0)), text(held.get(1)), holder));
    }

    @Override
    public Uni<Boolean> keep(Place place, Duration lease) {
        Script.Call call = new Script.Call(RedisKeys.reader(place.reader())).add(place.holder()).add(lease.toMillis());
        addTo(call, "position", place.position());
        addTo(call, "notes", place.notes());
        return link.run(KEEP, call).map(held -> held.toInteger() == 1);
    }

    private static void addTo(Script.Call call, String field, String value) {
        if (value != null) {
            call.add(field).add(value);
        }
    }

    /** Which entries are asked for: of that stream, in that direction, as far as that end. */
    private record Page(Command command, String key, String end, int most) {
    }

    private Uni<List<Entry>> read(Page page, String from) {
        return read(page, from, new ArrayList<>());
    }

    /** What can't be read (a newer version wrote it, or somebody else) takes no room, and stops nobody. */
    private Uni<List<Entry>> read(Page page, String from, List<Entry> readable) {
        int asked = page.most() - readable.size();
        return ask(page.command(), page.key(), from, page.end(), asked).chain(entries -> {
            entries.forEach(entry -> addTo(readable, entry));
            return entries.size() < asked || readable.size() >= page.most() ? Uni.createFrom().item(readable)
                    : read(page, "(" + id(entries.get(entries.size() - 1)), readable);
        });
    }

    private static void addTo(List<Entry> readable, Response entry) {
        String json = field(entry, TRANSITION);
        Transition transition = json == null ? null : StateCodec.transition(json);
        if (transition != null) {
            readable.add(new Entry(id(entry), transition));
        }
    }

    private Uni<Response> ask(Command command, String key, String from, String to, int count) {
        return link.send(Request.cmd(command).arg(key).arg(from).arg(to).arg("COUNT").arg(count));
    }

    private static String id(Response entry) {
        return entry.get(0).toString();
    }

    /** The value of that field of an entry; null when it has none. */
    private static String field(Response entry, String name) {
        Response fields = entry.get(1);
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).toString().equals(name)) {
                return fields.get(i + 1).toString();
            }
        }
        return null;
    }

    private static String text(Response response) {
        return response == null ? null : response.toString();
    }
}
