package dev.heartbeat.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.Printable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** Could a start use Redis as it is? Logs in, and asks for version and rights; leaves nothing there. */
@ApplicationScoped
public class RedisLegs {
    private static final String STORE = "store";
    private static final String RIGHTS = "rights";
    private static final Pattern VERSION = Pattern.compile("(?m)^redis_version:((\\d+)\\.(\\d+)\\S*)");
    private static final int MAJOR = 6;
    private static final int MINOR = 2;
    /** Nobody has a script of this name. */
    private static final String NO_SCRIPT = "0".repeat(40);
    private final RedisLink link;
    private final RedisBroken broken;
    private final String address;

    @Inject
    RedisLegs(Instance<Redis> redis, StoreConfig config) {
        this(redis::get, config);
    }

    RedisLegs(Supplier<Redis> redis, StoreConfig config) {
        this.link = new RedisLink(redis, RedisLink.PATIENCE);
        this.address = new RedisAddress(config).name();
        this.broken = new RedisBroken(config, address);
    }

    public Uni<List<Leg>> look() {
        return link.send(RedisLink.command(Command.PING)).chain(this::rest)
                .onFailure().recoverWithItem(failure -> List.of(Leg.fault(STORE, broken.inWords(failure))));
    }

    private Uni<List<Leg>> rest() {
        String nobody = UUID.randomUUID().toString();
        return Uni.join().all(List.of(version(),
                right("run scripts", Request.cmd(Command.EVALSHA).arg(NO_SCRIPT).arg(0)),
                right("look for keys", Request.cmd(Command.SCAN).arg(0).arg("COUNT").arg(1)),
                right("write heartbeat:*", RedisLink.command(Command.DEL, "heartbeat:check:" + nobody)),
                right("write service:*", RedisLink.command(Command.DEL, "service:" + nobody + ":ok")),
                right("write queue:*", RedisLink.command(Command.DEL, "queue:" + nobody + ":ok")))).andFailFast()
                .map(RedisLegs::together);
    }

    /** What is allowed is one line, what is not one each. */
    private static List<Leg> together(List<Leg> all) {
        List<Leg> legs = new ArrayList<>(List.of(all.get(0)));
        List<Leg> denied = all.stream().skip(1).filter(leg -> leg.verdict() == Leg.Verdict.FAULT).toList();
        legs.addAll(
                denied.isEmpty() ? List.of(Leg.ok(RIGHTS, "we may run scripts, and write the keys that are ours")) : denied);
        return legs;
    }

    private Uni<Leg> version() {
        return link.send(RedisLink.command(Command.INFO, "server"))
                .map(answer -> version(VERSION.matcher(String.valueOf(answer))))
                .onFailure().recoverWithItem(failure -> Leg.warn(STORE, address + ": logged in; its version is not told: "
                        + Printable.text(failure.getMessage())));
    }

    private Leg version(Matcher said) {
        if (!said.find()) {
            return Leg.warn(STORE, address + ": logged in; its version is not told");
        }
        int major = Integer.parseInt(said.group(2));
        boolean isNew = major > MAJOR || major == MAJOR && Integer.parseInt(said.group(3)) >= MINOR;
        return isNew ? Leg.ok(STORE, address + ": logged in, version " + said.group(1))
                : Leg.fault(STORE, address + ": version " + said.group(1) + " is too old, 6.2 is needed");
    }

    /** By a request that has no effect where it is allowed. */
    private Uni<Leg> right(String what, Request request) {
        return link.send(request).map(answer -> Leg.ok(RIGHTS, what))
                .onFailure(failure -> RedisLink.is(failure, "NOSCRIPT")).recoverWithItem(Leg.ok(RIGHTS, what))
                .onFailure().recoverWithItem(failure -> Leg.fault(RIGHTS, address + ": we may not " + what + ": "
                        + Printable.text(failure.getMessage())));
    }
}
