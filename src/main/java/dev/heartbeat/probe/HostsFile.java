package dev.heartbeat.probe;

import java.io.File;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.netty.resolver.HostsFileEntriesProvider;

/** Which addresses does the hosts file give a name? Read again at most every 5 s: containers come and go. */
final class HostsFile {
    static final File OF_THE_SYSTEM = new File("/etc/hosts");
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final File file;
    private HostsFileEntriesProvider entries;
    private long read;

    HostsFile(File file) {
        this.file = file;
    }

    /** IPv4 first; empty where the file does not know the name. */
    synchronized List<InetAddress> addresses(String name, long nanoTime) {
        if (entries == null || nanoTime - read >= FRESH_NANOS) {
            entries = HostsFileEntriesProvider.parser().parseSilently(file, StandardCharsets.UTF_8);
            read = nanoTime;
        }
        String key = (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ENGLISH);
        List<InetAddress> addresses = new ArrayList<>(entries.ipv4Entries().getOrDefault(key, List.of()));
        addresses.addAll(entries.ipv6Entries().getOrDefault(key, List.of()));
        return addresses;
    }
}
