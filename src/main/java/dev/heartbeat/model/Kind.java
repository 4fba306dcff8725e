package dev.heartbeat.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What sort of thing is a target? */
public enum Kind {
    /** A TCP address; on PH's keys it counts as a service. */
    HOST,
    /** An HTTP(S) address; on PH's keys it counts as a service. */
    WEBSITE,
    /** A RabbitMQ queue with the consumers it must have; it has PH keys of its own. */
    QUEUE,
    /** A consumer (PH: listener) by its name, wherever it listens; on PH's keys it counts as a service. */
    CONSUMER,
    /** A health endpoint, or one of the checks that its answer names ({@link NamedCheck}); PH's keys show neither. */
    HEALTH;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The kind as it is written in files, messages and answers: lower case. */
    public String word() {
        return word;
    }

    /** All of them in words, for whoever named none: {@code host, website, … or health}. */
    public static String all(String beforeLast) {
        List<String> words = Arrays.stream(values()).map(Kind::word).toList();
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + beforeLast + words.get(last);
    }

    /** The kind of that word, or null where there is none. */
    public static Kind of(String word) {
        for (Kind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        return null;
    }
}
