package dev.heartbeat.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many sockets does this process have open? */
final class OpenSockets {
    private static final int INODE = 9;

    private OpenSockets() {
    }

    /** How many of them are connected to that port, or trying. */
    static long to(int port) {
        Pattern there = Pattern.compile("\\s*\\d+: \\S+ \\S+:" + String.format("%04X", port) + " .*");
        Set<String> sockets = Stream.of("tcp", "tcp6").flatMap(OpenSockets::lines).filter(there.asMatchPredicate())
                .map(line -> "socket:[" + line.strip().split("\\s+")[INODE] + "]").collect(Collectors.toSet());
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(descriptor -> sockets.contains(linked(descriptor))).count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many connects to that port are waiting for an answer. */
    static long connectingTo(int port) {
        Pattern waiting = Pattern.compile("\\s*\\d+: \\S+ \\S+:" + String.format("%04X", port) + " 02 .*");
        return Stream.of("tcp", "tcp6").flatMap(OpenSockets::lines).filter(waiting.asMatchPredicate()).count();
    }

    private static Stream<String> lines(String table) {
        try {
            return Files.readAllLines(Path.of("/proc/self/net", table)).stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static String linked(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed";
        }
    }
}
