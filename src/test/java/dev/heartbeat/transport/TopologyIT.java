package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class TopologyIT {
    private final Rig rig = Rig.shared();

    @AfterEach
    void close() {
        rig.close();
    }

    private void as(String user, String configure, String write, String read) {
        rig.server.admin().user(user, "secret-of-" + user, "");
        rig.server.admin().permit(rig.vhost, user, configure, write, read);
        rig.with("user", user).with("pass", "secret-of-" + user);
    }

    private void passes() {
        Rig.Sender sender = rig.sender();
        Receiver receiver = rig.receiver(10).acknowledging();
        rig.awaitUp(Links.Side.OUT);
        rig.awaitUp(Links.Side.IN);
        sender.send(new byte[] { 7 }).join();
        assertThat(receiver.await1().getPayload()).isEqualTo(new byte[] { 7 });
    }

    @Test
    void whatIsAbsentIsDeclared() {
        passes();
        JsonNode exchange = rig.server.admin().get("exchanges/" + rig.vhost + "/" + Rig.EXCHANGE);
        assertThat(exchange.get("type").asText()).isEqualTo("topic");
        assertThat(exchange.get("durable").asBoolean()).isTrue();
        assertThat(rig.server.admin().queue(rig.vhost, Rig.QUEUE).get("durable").asBoolean()).isTrue();
        assertThat(rig.server.admin().queue(rig.vhost, Rig.PARKED).get("arguments").get("x-max-length-bytes").asLong())
                .isEqualTo(64 << 20);
    }

    @Test
    void anExchangeOfAnotherTypeIsUsedAsItIs() {
        rig.server.admin().exchange(rig.vhost, Rig.EXCHANGE, "direct");
        passes();
        assertThat(rig.links.status(Links.Side.OUT).detail()).isNull();
    }

    @Test
    void queuesWithOtherArgumentsAreUsedAsTheyAre() {
        rig.server.admin().queue(rig.vhost, Rig.QUEUE, Map.of("x-queue-type", "quorum", "x-max-length", 1000));
        rig.server.admin().queue(rig.vhost, Rig.PARKED, Map.of("x-message-ttl", 60_000));
        passes();
        assertThat(rig.links.status(Links.Side.IN).detail()).isNull();
    }

    @Test
    void withoutRightsToDeclareWhatIsThereIsUsed() {
        rig.server.admin().exchange(rig.vhost, Rig.EXCHANGE, "topic");
        rig.server.admin().queue(rig.vhost, Rig.QUEUE, Map.of());
        rig.server.admin().queue(rig.vhost, Rig.PARKED, Map.of());
        rig.server.admin().bind(rig.vhost, Rig.EXCHANGE, Rig.QUEUE, Rig.KEY);
        as("modest", "^$", Rig.EXCHANGE, Rig.QUEUE);
        passes();
        assertThat(rig.links.status(Links.Side.OUT).detail())
                .isEqualTo("whether queue hb is bound to exchange beats is not known: user modest may not bind it");
    }

    @Test
    void withoutRightsAMissingExchangeIsNamed() {
        rig.server.admin().queue(rig.vhost, Rig.QUEUE, Map.of());
        as("humble", "^$", ".*", ".*");
        rig.sender();
        rig.receiver(1);
        assertThat(rig.awaitDown(Links.Side.OUT))
                .isEqualTo("exchange beats does not exist, and user humble may not declare it");
        rig.awaitUp(Links.Side.IN);
        assertThat(rig.links.status(Links.Side.IN).detail()).contains("exchange beats does not exist")
                .contains("queue hb.parked does not exist, and user humble may not declare it")
                .contains("what can not be read is rejected");
    }

    @Test
    void withoutRightsAMissingQueueIsNamedAndTheOtherSideMayBringIt() {
        rig.server.admin().exchange(rig.vhost, Rig.EXCHANGE, "topic");
        as("poor", "^$", ".*", ".*");
        rig.receiver(1);
        assertThat(rig.awaitDown(Links.Side.IN)).contains("queue hb does not exist, and user poor may not declare it");
        rig.server.admin().queue(rig.vhost, Rig.QUEUE, Map.of());
        rig.awaitUp(Links.Side.IN);
    }

    @Test
    void passiveDeclaresNothing() {
        rig.with("declare", "passive");
        rig.sender();
        assertThat(rig.awaitDown(Links.Side.OUT))
                .contains("exchange beats does not exist, and RABBITMQ_DECLARE is not auto");
        rig.server.admin().exchange(rig.vhost, Rig.EXCHANGE, "topic");
        rig.awaitUp(Links.Side.OUT);
        assertThat(rig.links.status(Links.Side.OUT).detail()).contains("queue hb does not exist");
        assertThatThrownBy(() -> rig.server.admin().queue(rig.vhost, Rig.QUEUE)).hasMessageContaining("404");
    }

    @Test
    void offLooksAtNothing() {
        rig.server.admin().exchange(rig.vhost, Rig.EXCHANGE, "topic");
        rig.with("declare", "off");
        Rig.Sender sender = rig.sender();
        rig.awaitUp(Links.Side.OUT);
        assertThat(rig.links.status(Links.Side.OUT).detail()).isNull();
        assertThatThrownBy(sender.send(new byte[1])::join).hasMessageContaining("unroutable");
    }

    @Test
    void wrongPasswordAndVhostAreSaidInWords() {
        rig.with("pass", "wrong-secret");
        rig.sender();
        assertThat(rig.awaitDown(Links.Side.OUT))
                .isEqualTo("the broker refuses user guest or the password (RABBITMQ_USER, RABBITMQ_PASS)");
        rig.disconnect();
        rig.with("pass", "guest").with("vhost", "no\nsuch");
        rig.receiver(1);
        assertThat(rig.awaitDown(Links.Side.IN))
                .isEqualTo("vhost no\\u000asuch does not exist, or user guest may not enter it (RABBITMQ_VHOST)");
    }

    @Test
    void aVhostThatTheUserMayNotEnterIsSaidInWords() {
        rig.server.admin().user("stranger", "s", "");
        rig.with("user", "stranger").with("pass", "s");
        rig.sender();
        assertThat(rig.awaitDown(Links.Side.OUT)).contains("user stranger may not enter it (RABBITMQ_VHOST)");
    }

    @Test
    void anUnknownHostAndAPortOfAnotherKindAreSaidInWords() {
        rig.with("host", "no-such-host.invalid");
        rig.sender();
        assertThat(rig.awaitDown(Links.Side.OUT)).isEqualTo("host no-such-host.invalid is not known (RABBITMQ_HOST)");
        rig.disconnect();
        rig.with("host", "localhost").with("port", rig.server.managementPort());
        rig.receiver(1);
        assertThat(rig.awaitDown(Links.Side.IN)).contains("amqp://localhost:" + rig.server.managementPort());
    }
}
