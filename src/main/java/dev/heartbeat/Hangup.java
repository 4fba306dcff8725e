package dev.heartbeat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.quarkus.runtime.Quarkus;

/** What does SIGHUP mean? That somebody asks for the targets file to be read again; or that the terminal was closed. */
final class Hangup {
    private static final Path TERMINAL = Path.of("/dev/tty");

    private Hangup() {
    }

    /** A program that nobody sees any more ends, as it always did: it had a terminal, and has none now. */
    static void asksFor(Runnable reload) {
        boolean had = hasTerminal();
        try {
            Signals.on(List.of("HUP"), () -> {
                if (had && !hasTerminal()) {
                    Quarkus.asyncExit(0);
                } else {
                    reload.run();
                }
            });
        } catch (ReflectiveOperationException e) {
            System.err.println("SIGHUP will end the program: " + e);
        }
    }

    /** Whether there is one that this process belongs to: only then can that file be opened. */
    private static boolean hasTerminal() {
        try (InputStream terminal = Files.newInputStream(TERMINAL)) {
            return terminal != null;
        } catch (IOException e) {
            return false;
        }
    }
}
