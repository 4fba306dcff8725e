package dev.heartbeat.probe;

import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.NetUtil;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

/**
 * Which addresses does a host have now? Asks the hosts file, then the name servers, and never blocks a thread for an answer.
 */
@Singleton
class Names {
    /** Short enough that two of three name servers may be dead within a probe's usual 5 s. */
    private static final long SERVER_TIMEOUT_MILLIS = 2_000;
    /** Whatever the server allows: a container that comes back with another address is not to be called dead for minutes. */
    private static final int LONGEST_TTL_SECONDS = 5;

    private final VertxInternal vertx;
    private final HostsFile hosts;
    private final DnsServerAddressStreamProvider servers;
    private DnsNameResolver resolver;

    @Inject
    Names(Vertx vertx) {
        this(vertx, new HostsFile(HostsFile.OF_THE_SYSTEM), null);
    }

    /** @param servers null for those of the system, which are not even looked up before the first name */
    Names(Vertx vertx, HostsFile hosts, DnsServerAddressStreamProvider servers) {
        this.vertx = (VertxInternal) vertx;
        this.hosts = hosts;
        this.servers = servers;
    }

    /** The addresses of a name or of an IP literal, at least one; else an {@link UnknownHostException} that says it all. */
    Uni<List<InetSocketAddress>> resolve(String host, int port) {
        InetAddress literal = literal(host);
        return (literal == null ? addresses(host) : Uni.createFrom().item(List.of(literal)))
                .map(addresses -> addresses.stream().map(address -> new InetSocketAddress(address, port)).toList());
    }

    /** The address that an IPv4 or IPv6 literal, with or without brackets, stands for; null where it is a name. */
    static InetAddress literal(String host) {
        if (!NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host)) {
            return null;
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    @PreDestroy
    synchronized void close() {
        if (resolver != null) {
            resolver.close();
        }
    }

    private Uni<List<InetAddress>> addresses(String host) {
        return Uni.createFrom().emitter(emitter -> {
            String name = ascii(host);
            if (name == null) {
                emitter.fail(new UnknownHostException("cannot resolve " + host + ": not a host name"));
                return;
            }
            List<InetAddress> listed = hosts.addresses(name, System.nanoTime());
            if (!listed.isEmpty()) {
                emitter.complete(listed);
            } else {
                askServers(name, host, emitter);
            }
        });
    }

    private void askServers(String name, String host, UniEmitter<? super List<InetAddress>> emitter) {
        resolver().resolveAll(name).addListener(answer -> {
            if (answer.isSuccess()) {
                @SuppressWarnings("unchecked")
                List<InetAddress> addresses = (List<InetAddress>) answer.getNow();
                emitter.complete(addresses);
            } else {
                emitter.fail(inWords(host, answer.cause()));
            }
        });
    }

    /** What is not the servers' answer, such as a socket that could not be opened, stays what it is. */
    private static Throwable inWords(String host, Throwable failure) {
        if (!(failure instanceof UnknownHostException)) {
            return failure;
        }
        boolean mute = failure.getCause() instanceof DnsNameResolverTimeoutException;
        return new UnknownHostException("cannot resolve " + host + (mute ? ": no name server answers" : ""));
    }

    private static String ascii(String host) {
        try {
            String name = IDN.toASCII(host);
            return name.isBlank() ? null : name;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private synchronized DnsNameResolver resolver() {
        if (resolver == null) {
            resolver = new DnsNameResolverBuilder(vertx.getEventLoopGroup().next())
                    .datagramChannelFactory(() -> vertx.transport().datagramChannel())
                    .socketChannelType(NioSocketChannel.class)
                    .nameServerProvider(servers == null ? DnsServerAddressStreamProviders.platformDefault() : servers)
                    .ttl(0, LONGEST_TTL_SECONDS)
                    .queryTimeoutMillis(SERVER_TIMEOUT_MILLIS)
                    .hostsFileEntriesResolver((name, types) -> null)
                    .build();
        }
        return resolver;
    }
}
