package dev.heartbeat.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import com.rabbitmq.client.Connection;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.Printable;

/** Could a start use RabbitMQ as it is? Logs in and looks; nothing is declared, published or taken. ADR 0020 says how. */
@ApplicationScoped
public class RabbitLegs {
    private static final int CLOSE_MILLIS = 2000;
    private final RabbitConfig config;
    private final Trust trust;

    RabbitLegs(RabbitConfig config, Trust trust) {
        this.config = config;
        this.trust = trust;
    }

    /** Blocks the caller until the broker has answered all, or its time limits are over. */
    public List<Leg> look(Set<Links.Side> sides) {
        String where = RabbitAddress.of(config) + " vhost " + config.vhost();
        List<Leg> legs = new ArrayList<>();
        ExecutorService work = Dial.single("heartbeat-rabbitmq-look");
        Connection connection = null;
        try {
            connection = new Dial(config, trust, "heartbeat check-config").connect(work);
            legs.add(Leg.ok("broker", where + ": logged in as " + Printable.text(config.user())));
            legs.addAll(new RabbitLook(config, connection).legs(sides));
        } catch (Exception e) {
            Broken broken = new Broken(config);
            legs.add(Leg.fault("broker", where + ": " + (connection == null ? broken.atTheStart(e) : broken.inWords(e))));
        } finally {
            if (connection != null) {
                connection.abort(CLOSE_MILLIS);
            }
            work.shutdownNow();
        }
        return legs;
    }
}
