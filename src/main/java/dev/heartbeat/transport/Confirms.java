package dev.heartbeat.transport;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;

import dev.heartbeat.model.Printable;

/** Which messages has one channel sent that the broker has not yet answered for? */
final class Confirms {
    private final RabbitConfig config;
    private final RabbitLink link;
    private final Channel channel;
    private final String routingKey;
    private final Set<Departure> expected = ConcurrentHashMap.newKeySet();
    private final ConcurrentNavigableMap<Long, Departure> sent = new ConcurrentSkipListMap<>();
    private volatile String ended;

    Confirms(RabbitConfig config, RabbitLink link, Connection connection) throws IOException {
        this.config = config;
        this.link = link;
        this.routingKey = Topology.routingKey(config);
        this.channel = connection.openChannel().orElseThrow(() -> new IOException("no channel is free"));
        channel.addShutdownListener(link::fail);
        channel.addReturnListener(this::returned);
        channel.addConfirmListener((tag, multiple) -> answer(tag, multiple, this::confirmed),
                (tag, multiple) -> answer(tag, multiple, departure -> departure.refused(
                        new UndeliveredException("the broker refused it, as a full queue does"))));
        channel.confirmSelect();
    }

    /** From now on this message is answered, come what may. */
    void expect(Departure departure) {
        expected.add(departure);
        if (ended != null) {
            end(ended);
        }
    }

    /** On the sending thread only: the numbers of confirms follow the order on the channel. */
    void publish(Departure departure) {
        if (departure.isAnswered()) {
            return;
        }
        long number = channel.getNextPublishSeqNo();
        sent.put(number, departure);
        try {
            channel.basicPublish(config.exchange(), routingKey, true, departure.properties(), departure.body());
        } catch (IOException | AlreadyClosedException e) {
            refuse(departure, new LinkDownException("the link broke while it was sent"));
            link.fail(e);
        } catch (RuntimeException e) {
            sent.remove(number);
            refuse(departure, new UndeliveredException("it can not be sent: " + Printable.text(e.getMessage())));
        }
    }

    /** Refuses what waits too long; not while the broker says that it accepts nothing for now. */
    void expire() {
        expected.removeIf(Departure::isAnswered);
        long limit = config.confirmTimeout().toNanos();
        if (link.standing().acceptingNanos() > limit) {
            expected.stream().filter(departure -> departure.ageNanos() > limit)
                    .forEach(departure -> refuse(departure, new UndeliveredException(
                            "no confirm within " + config.confirmTimeout().toMillis() + " ms")));
        }
    }

    void end(String reason) {
        ended = reason;
        List.copyOf(expected).forEach(departure -> refuse(departure, new LinkDownException(reason)));
        sent.clear();
    }

    private void refuse(Departure departure, RuntimeException cause) {
        expected.remove(departure);
        departure.refused(cause);
    }

    private void confirmed(Departure departure) {
        if (departure.isReturned()) {
            departure.refused(new UndeliveredException("unroutable: no queue is bound to exchange " + config.exchange()
                    + " for routing key " + routingKey));
        } else {
            departure.confirmed();
        }
    }

    private void answer(long tag, boolean multiple, Consumer<Departure> answer) {
        ConcurrentNavigableMap<Long, Departure> answered = multiple ? sent.headMap(tag, true)
                : sent.subMap(tag, true, tag, true);
        while (true) {
            var first = answered.pollFirstEntry();
            if (first == null) {
                return;
            }
            expected.remove(first.getValue());
            answer.accept(first.getValue());
        }
    }

    /** Comes before the confirm of the same message. */
    private void returned(Return message) {
        String id = message.getProperties().getMessageId();
        sent.values().stream().filter(departure -> Objects.equals(departure.properties().getMessageId(), id))
                .forEach(Departure::returned);
        link.verifySoon();
    }
}
