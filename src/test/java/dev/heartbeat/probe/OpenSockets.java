package dev.heartbeat.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How many sockets does this process have open? */
final class OpenSockets {
    private OpenSockets() {
    }

    static long count() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(OpenSockets::isSocket).count();
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

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }
}
