package dev.heartbeat.receive;

import java.util.List;
import java.util.Objects;

import org.eclipse.microprofile.reactive.messaging.Message;

import dev.heartbeat.store.HistoryStore;
import io.smallrye.mutiny.Multi;

/**
 * Which way do heartbeats come in, and what do they become?
 *
 * @param name as a person knows it
 * @param history what keeps every observation; null for none
 * @param states whether what is said makes states
 */
public record Inflow(String name, Multi<Message<byte[]>> messages, HistoryStore history, boolean states) {
    public Inflow {
        Objects.requireNonNull(name);
        Objects.requireNonNull(messages);
    }

    /** Every way in; each goes on whatever the others do. */
    public record All(List<Inflow> inflows) {
        public All {
            inflows = List.copyOf(inflows);
        }
    }
}
