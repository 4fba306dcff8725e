package dev.heartbeat.probe;

import java.util.ArrayList;
import java.util.List;

/** What has one check opened? When it ends all of it is closed, in the order of its opening; and what comes later, at once. */
final class Opened {
    private final List<Runnable> closings = new ArrayList<>();
    private boolean over;

    /** @param closing runs once */
    void add(Runnable closing) {
        synchronized (this) {
            if (!over) {
                closings.add(closing);
                return;
            }
        }
        closing.run();
    }

    void close() {
        List<Runnable> all;
        synchronized (this) {
            over = true;
            all = List.copyOf(closings);
            closings.clear();
        }
        all.forEach(Runnable::run);
    }
}
