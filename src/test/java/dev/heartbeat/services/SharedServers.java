package dev.heartbeat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the servers that all test processes of one Maven build share. The first process that asks for a server starts it. A
 * watchdog process ends the server when the build ends, however it ends. Without Maven, a server ends with the process that
 * started it.
 */
final class SharedServers {
    private static final Path FOLDER = Path.of("target", "servers");
    /** Its parameters: the build, the server, the server's folder, and a command that runs after the server is killed. */
    private static final String WATCHDOG = """
            while kill -0 "$1"; do sleep 1; done
            kill -9 "$2"
            for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$2" && sleep 0.2; done
            eval "$4"
            rm -rf "$3"
            """;

    /** What a second process needs to use a server that runs. The order of the ports is the server's own. */
    record Address(long pid, List<Integer> ports, Path folder) {
        private String text(long build) {
            return build + " " + pid + " " + ports.stream().map(String::valueOf).collect(Collectors.joining(",")) + " "
                    + folder;
        }

        /** Empty unless the text names a server of that build which still runs. */
        private static Optional<Address> running(String text, long build) {
            String[] fields = text.split(" ", 4);
            if (fields.length < 4 || !fields[0].equals(String.valueOf(build))
                    || !ProcessHandle.of(Long.parseLong(fields[1])).map(ProcessHandle::isAlive).orElse(false)) {
                return Optional.empty();
            }
            List<Integer> ports = Stream.of(fields[2].split(",")).map(Integer::valueOf).toList();
            return Optional.of(new Address(Long.parseLong(fields[1]), ports, Path.of(fields[3])));
        }
    }

    private SharedServers() {
    }

    /**
     * Answers the address of the server with that name, and starts it where no process of this build has started it yet.
     *
     * @param afterwards a shell command that runs after the server has been killed; blank for none
     */
    static Address find(String name, Supplier<Address> start, String afterwards) {
        long build = build();
        try {
            Files.createDirectories(FOLDER);
            try (FileChannel file = FileChannel.open(FOLDER.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                // Closing the channel gives the lock back.
                file.lock();
                Optional<Address> running = Address.running(Files.readString(FOLDER.resolve(name)), build);
                if (running.isPresent()) {
                    return running.orElseThrow();
                }
                Address started = start.get();
                watch(build, started, afterwards);
                file.truncate(0);
                file.write(ByteBuffer.wrap(started.text(build).getBytes(StandardCharsets.UTF_8)), 0);
                return started;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long build() {
        return Stream.iterate(ProcessHandle.current().parent(), Optional::isPresent, child -> child.orElseThrow().parent())
                .map(Optional::orElseThrow)
                .filter(ancestor -> ancestor.info().commandLine().orElse("").contains("plexus-classworlds"))
                .findFirst().orElse(ProcessHandle.current()).pid();
    }

    private static void watch(long build, Address server, String afterwards) throws IOException {
        new ProcessBuilder("sh", "-c", WATCHDOG, "watchdog", String.valueOf(build), String.valueOf(server.pid()),
                server.folder().toString(), afterwards).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
