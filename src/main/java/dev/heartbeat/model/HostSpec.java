package dev.heartbeat.model;

import java.util.Set;

/** Which TCP address must accept a connection? */
public record HostSpec(String name, String host, int port, Pace pace) implements Spec {
    @Override
    public Set<Target> targets() {
        return Set.of(new Target(Kind.HOST, name));
    }

    @Override
    public Asked asked(Target target) {
        return new Asked((host.contains(":") ? "[" + host + "]" : host) + ":" + port, null);
    }
}
