package dev.heartbeat.transport;

import java.time.Clock;

/** How does one side's link to Kafka stand? */
final class KafkaStanding {
    private final LinkVoice voice;

    KafkaStanding(Links links, Links.Side side, Clock clock, String where) {
        voice = new LinkVoice(links, side, clock, where);
    }

    /**
     * @param fault why not up, or what is not as it should be although it is up; null when there is nothing to say, which while
     *        it is not up means that it never was
     */
    synchronized void say(boolean up, boolean drained, String fault) {
        boolean beginning = !up && fault == null;
        voice.say(up, drained, beginning ? "not connected yet" : fault, !beginning);
    }
}
