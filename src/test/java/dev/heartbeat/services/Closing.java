package dev.heartbeat.services;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** What has a test opened that must be closed when it ends? The last first, and each whatever becomes of the others. */
public final class Closing implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** The same, to be closed at the end. */
    public <C extends AutoCloseable> C with(C closeable) {
        open.addFirst(closeable);
        return closeable;
    }

    /** A run of the program, with that environment. */
    public Program program(Path folder, Map<String, String> environment, String... arguments) {
        return with(Program.start(folder, environment, arguments));
    }

    @Override
    public void close() {
        List<Exception> failures = new ArrayList<>();
        for (AutoCloseable one : open) {
            try {
                one.close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.get(0));
        }
    }
}
