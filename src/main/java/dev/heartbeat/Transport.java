package dev.heartbeat;

import java.util.Locale;

/** What carries heartbeats from the one role to the other? */
enum Transport {
    /** A queue of a broker, as pipeline-heartbeat has it. */
    RABBITMQ,
    /** A topic, a record per observation. */
    KAFKA,
    /** Nothing: both roles are this process. */
    MEMORY;

    static final String VARIABLE = "HEARTBEAT_TRANSPORT";

    /** As it is written. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of the connector behind the channels. */
    String connector() {
        return "heartbeat-" + word();
    }

    /** The transport of that word in any case; null when there is none. */
    static Transport of(String word) {
        for (Transport transport : values()) {
            if (transport.name().equalsIgnoreCase(word.strip())) {
                return transport;
            }
        }
        return null;
    }
}
