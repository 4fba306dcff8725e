package dev.heartbeat.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What do {@code interval}, {@code timeout} and {@code retries} say? Every entry may have them, and so may the defaults. */
final class PaceKeys {
    private static final Form<Duration> INTERVAL = Form.of(Durations.WORDS, Durations::parse);
    private static final Form<Duration> TIMEOUT = Form.duration(Duration.ofHours(1));
    private static final Form<Integer> RETRIES = Form.number(0, 10);

    private PaceKeys() {
    }

    /** Meaningless once the entry has a fault. */
    static Pace read(Entry entry, Pace otherwise) {
        Duration interval = entry.optional("interval", INTERVAL, otherwise.interval());
        Duration timeout = entry.optional("timeout", TIMEOUT, otherwise.timeout());
        Integer retries = entry.optional("retries", RETRIES, otherwise.retries());
        return timeout == null || retries == null ? otherwise : new Pace(interval, timeout, retries);
    }

    static List<Object> content(Pace pace) {
        return Arrays.asList(pace.interval(), pace.timeout(), pace.retries());
    }
}
