package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.Leg.Verdict;
import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.Ports;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.transport.Links.Side;
import io.vertx.core.Vertx;

/** What does a look at a real broker tell, and does it leave everything as it was? */
class RabbitLegsIT {
    private static final Vertx VERTX = Vertx.vertx();
    private final Rig rig = Rig.shared();

    private List<Leg> look(Side... sides) {
        return new RabbitLegs(rig.config(), new Trust(VERTX, rig.config())).look(Set.of(sides));
    }

    private static String words(List<Leg> legs, String name, Verdict verdict) {
        Leg leg = legs.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
        assertThat(leg.verdict()).as(leg.words()).isEqualTo(verdict);
        return leg.words();
    }

    private void as(String user, String configure, String write, String read) {
        rig.server.admin().user(user, "secret-of-" + user, "");
        rig.server.admin().permit(rig.vhost, user, configure, write, read);
        rig.with("user", user).with("pass", "secret-of-" + user);
    }

    private void topology() {
        rig.server.admin().exchange(rig.vhost, Rig.EXCHANGE, "topic");
        rig.server.admin().queue(rig.vhost, Rig.QUEUE, Map.of());
        rig.server.admin().queue(rig.vhost, Rig.PARKED, Map.of());
    }

    /** Exchanges, queues with their messages, and bindings of the vhost. */
    private List<String> inventory() {
        return List.of("exchanges", "queues", "bindings").stream()
                .map(what -> rig.server.admin().get(what + "/" + rig.vhost + (what.equals("queues")
                        ? "?columns=name,arguments,durable&disable_stats=true"
                        : "")))
                .map(JsonNode::toString).toList();
    }

    @Test
    void onAFreshVhostItIsSaidWhatAStartWouldDeclareAndNothingIs() {
        List<String> before = inventory();
        List<Leg> legs = look(Side.OUT, Side.IN);
        assertThat(words(legs, "broker", Verdict.OK)).contains("vhost " + rig.vhost, "logged in as guest");
        assertThat(words(legs, "exchange", Verdict.WARN)).isEqualTo(
                "exchange beats does not exist: a start declares it (durable, of type topic)");
        assertThat(words(legs, "queue", Verdict.WARN)).contains("queue hb does not exist: a start declares it");
        assertThat(words(legs, "parking", Verdict.WARN)).contains("queue hb.parked does not exist: a start declares it");
        assertThat(words(legs, "publish", Verdict.OK) + words(legs, "consume", Verdict.OK)).contains("guest may publish",
                "guest may read");
        assertThat(inventory()).isEqualTo(before);
    }

    @Test
    void whatIsThereStaysAsItIsWithItsMessages() {
        topology();
        rig.server.admin().bind(rig.vhost, Rig.EXCHANGE, Rig.QUEUE, Rig.KEY);
        rig.fill(3, 10);
        List<String> before = inventory();
        assertThat(look(Side.OUT, Side.IN)).allSatisfy(leg -> assertThat(leg.verdict()).isEqualTo(Verdict.OK));
        assertThat(inventory()).isEqualTo(before);
        rig.awaitReady(Rig.QUEUE, 3);
        assertThat(rig.take(Rig.QUEUE).getEnvelope().isRedeliver()).isFalse();
    }

    @Test
    void aRoleThatDoesNotReadIsNotAskedForReading() {
        assertThat(look(Side.OUT)).extracting(Leg::name).doesNotContain("consume", "parking");
        assertThat(look(Side.IN)).extracting(Leg::name).doesNotContain("publish");
    }

    @Test
    void whatIsAbsentAndMayNotBeDeclaredIsAFaultForWhoeverNeedsIt() {
        as("looker", "^$", ".*", ".*");
        List<Leg> legs = look(Side.OUT);
        assertThat(words(legs, "exchange", Verdict.FAULT))
                .isEqualTo("exchange beats does not exist, and user looker may not declare it");
        assertThat(words(legs, "queue", Verdict.WARN)).contains("user looker may not declare it");
        assertThat(words(look(Side.IN), "queue", Verdict.FAULT)).contains("user looker may not declare it");
        assertThat(inventory().get(1)).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({ "mute,.*,^other$,.*,publish,user mute may not publish to exchange beats",
            "deaf,.*,.*,^beats$,consume,user deaf may not read from queue hb" })
    void aLackingRightIsNamed(String user, String configure, String write, String read, String leg, String words) {
        topology();
        as(user, configure, write, read);
        assertThat(words(look(Side.OUT, Side.IN), leg, Verdict.FAULT)).isEqualTo(words);
    }

    @Test
    void whoMayNotBindIsToldSoInTheWordsOfTheLink() {
        topology();
        as("bound", "^$", Rig.EXCHANGE, Rig.QUEUE);
        assertThat(words(look(Side.OUT, Side.IN), "binding", Verdict.WARN))
                .isEqualTo("whether queue hb is bound to exchange beats is not known: user bound may not bind it");
    }

    @Test
    void passiveNeedsWhatIsThere() {
        rig.with("declare", "passive");
        assertThat(words(look(Side.OUT), "exchange", Verdict.FAULT)).contains("RABBITMQ_DECLARE is not auto");
    }

    @ParameterizedTest
    @CsvSource({ "pass, wrong-secret, 'the broker refuses user guest or the password (RABBITMQ_USER, RABBITMQ_PASS)'",
            "vhost, none, 'vhost none does not exist, or user guest may not enter it (RABBITMQ_VHOST)'",
            "host, no-such-host.invalid, host no-such-host.invalid is not known (RABBITMQ_HOST)" })
    void whatKeepsUsOutIsSaidAsTheLinkSaysIt(String setting, String value, String words) {
        rig.with(setting, value);
        assertThat(look(Side.OUT)).singleElement().satisfies(leg -> {
            assertThat(leg.verdict()).isEqualTo(Verdict.FAULT);
            assertThat(leg.words()).endsWith(words).doesNotContain("wrong-secret");
        });
    }

    @Test
    void aPortAtWhichNobodyListensIsSaid() {
        rig.with("port", Ports.free());
        assertThat(words(look(Side.IN), "broker", Verdict.FAULT)).contains("can not be reached");
    }

    @Test
    void aWrongAuthorityIsSaidAndARightOneIsTrusted() {
        RabbitServer server = RabbitServer.own();
        try (Rig own = new Rig(server)) {
            own.with("tls", "true").with("tls-port", server.tlsPort()).with("ca-cert-path",
                    RabbitServer.certificates().authority());
            assertThat(words(new RabbitLegs(own.config(), new Trust(VERTX, own.config())).look(Set.of(Side.OUT)), "broker",
                    Verdict.OK)).contains("amqps://");
            own.with("ca-cert-path", Certificates.create().authority());
            assertThat(words(new RabbitLegs(own.config(), new Trust(VERTX, own.config())).look(Set.of(Side.OUT)), "broker",
                    Verdict.FAULT)).contains("signed by nobody whom", "(RABBITMQ_CA_CERT_PATH) trusts");
        }
    }
}
