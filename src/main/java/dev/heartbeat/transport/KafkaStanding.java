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
        say(up, drained, null, fault);
    }

    /**
     * @param missing what is not read although it is up; null when all is
     */
    synchronized void say(boolean up, boolean drained, String missing, String fault) {
        boolean beginning = fault == null && (!up || missing != null);
        String notYet = up ? "not read yet: " + missing : "not connected yet";
        voice.say(up, drained, missing == null, beginning ? notYet : fault, !beginning);
    }
}
