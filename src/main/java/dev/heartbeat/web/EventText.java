package dev.heartbeat.web;

import java.time.Instant;

import dev.heartbeat.store.Outbox.Entry;

/** How is it written what happens, for a browser's {@code EventSource}? JSON has no line ends, so each event is one. */
final class EventText {
    /** How long a browser waits before it comes back; the browsers' own figures are from 3 to 5 seconds. */
    private static final String BEGIN = "retry: 2000\n";

    private EventText() {
    }

    /** The first words of a stream: they tell the browser that it is connected. */
    static String begin(Instant now) {
        return BEGIN + alive(now);
    }

    /** A comment keeps what stands between awake; a script can't see comments, so it is told by an event too. */
    static String alive(Instant now) {
        return ": alive\nevent: alive\ndata: " + now + "\n\n";
    }

    static String transition(Entry entry) {
        return "id: " + entry.id() + "\nevent: transition\ndata: " + new TransitionRow(entry).json() + "\n\n";
    }

    /**
     * The stream is cut, and the browser comes back by itself.
     *
     * @param from the id that it is to go on from, having missed what was before; null when it goes on where it was
     */
    static String behind(String from, Instant now) {
        return (from == null ? "" : "id: " + from + "\n") + "event: behind\ndata: " + now + "\n\n";
    }
}
