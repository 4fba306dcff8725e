package dev.heartbeat.probe;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import com.sun.management.UnixOperatingSystemMXBean;

import dev.heartbeat.model.HostSpec;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Does a TCP address accept a connection? */
@ApplicationScoped
class TcpProbe implements Probe<HostSpec> {
    private static final int MOST = 2_000;
    private static final int FEWEST = 16;
    /** Left for all that is not a TCP probe. */
    private static final long FILES_OF_OTHERS = 256;

    private final Vertx vertx;
    private final Names names;
    private final TcpConnector connector;

    TcpProbe(Vertx vertx, Names names, TcpConnector connector) {
        this.vertx = vertx;
        this.names = names;
        this.connector = connector;
    }

    @Override
    public Class<HostSpec> spec() {
        return HostSpec.class;
    }

    @Override
    public int concurrency() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? concurrency(unix.getMaxFileDescriptorCount())
                : MOST;
    }

    /** A check has two sockets open while it races two addresses of a name. */
    static int concurrency(long fileLimit) {
        return (int) Math.max(FEWEST, Math.min(MOST, (fileLimit - FILES_OF_OTHERS) / 2));
    }

    @Override
    public List<Check> checks(List<HostSpec> specs) {
        Map<Target, Set<HostSpec>> byTarget = new LinkedHashMap<>();
        specs.forEach(spec -> spec.targets()
                .forEach(target -> byTarget.computeIfAbsent(target, unseen -> new LinkedHashSet<>()).add(spec)));
        return byTarget.entrySet().stream()
                .<Check> map(entry -> new TcpCheck(entry.getKey(), List.copyOf(entry.getValue()), this::connect))
                .toList();
    }

    private Uni<TcpAnswer> connect(String host, int port) {
        return names.resolve(host, port)
                .chain(addresses -> Race.first(vertx, addresses, connector::connect))
                .map(TcpAnswer::up)
                .onFailure().recoverWithItem(TcpAnswer::failed);
    }
}
