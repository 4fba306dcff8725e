package dev.heartbeat.transport;

/** Where does a message come from, and what stands in its headers? Asked only where somebody follows its trace. */
public interface Origin {
    /** What carried it, as OpenTelemetry's conventions have it: {@code rabbitmq}, {@code kafka}. */
    String system();

    /** The queue or topic. */
    String destination();

    /** Null when there is none of that name. */
    String header(String name);
}
