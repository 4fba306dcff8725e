package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.heartbeat.services.Database;
import dev.heartbeat.services.Door;
import dev.heartbeat.services.PostgresServer;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.Zone;

/** What does PostgreSQL know of what came over RabbitMQ, alone and beside Redis? */
class HistoryIT {
    private static final String DOWN = "select * from heartbeat where name = 'down'";
    @TempDir
    Path folder;
    private Database database;
    private Zone zone;
    private Door door;
    private String targets;

    @BeforeEach
    void open() throws Exception {
        database = Database.open();
        door = Door.open();
        zone = Zone.of(RabbitServer.shared(), folder).with("PUBLISH_INTERVAL", "500ms").with("DB_DSN", database.uri());
        targets = """
                {"heartbeat": {"hosts": [{"host": "127.0.0.1", "port": "%d", "name": "up"},
                                         {"host": "127.0.0.1", "port": 1, "name": "down"}]}}""".formatted(door.port());
    }

    @AfterEach
    void close() {
        zone.close();
        door.close();
    }

    @Test
    void besideRedisEveryObservationIsARowAndRedisHasTheStates() {
        zone.publisher(targets);
        Program subscriber = zone.subscriber("HEARTBEAT_STORE", "redis,postgresql").untilReady();
        Map<String, Object> row = database.until(DOWN).get(0);
        assertThat(row).containsEntry("source", "publisher").containsEntry("kind", "host").containsEntry("health", "down")
                .containsEntry("reason", "UNREACHABLE").containsEntry("address", "127.0.0.1:1");
        assertThat(row.get("detail")).asString().contains("refused");
        subscriber.untilHealth("host", "down", "DOWN");
        assertThat(zone.keys().phKeys()).containsKeys("service:up:ok", "service:down:not_ok");
        assertThat(subscriber.text("/q/health/ready")).contains("\"history\"");
    }

    /** What was said while the database was away is in it afterwards, and was acknowledged no sooner. */
    @Test
    void aDatabaseThatGoesAwayLosesNoRow() {
        PostgresServer postgres = PostgresServer.start();
        zone.atTheEnd(postgres::close);
        database = new Database(postgres, postgres.database());
        zone.with("DB_DSN", database.uri()).publisher(targets);
        Program subscriber = zone.subscriber("HEARTBEAT_STORE", "redis,postgresql", "HISTORY_CANARY", "1s");
        database.until(DOWN);
        postgres.stop();
        Instant away = Instant.now();
        subscriber.untilLog("the history does not take what is heard");
        subscriber.untilNotReady("history", "table heartbeat");
        Awaitility.await("it waits in the queue").atMost(Duration.ofSeconds(60))
                .until(() -> zone.unsettled() > 4 && Instant.now().isAfter(away.plusSeconds(4)));
        Instant back = Instant.now();
        postgres.startAgain();
        subscriber.untilLog("the history takes what is heard again");
        List<Map<String, Object>> meanwhile = database.until(DOWN + " and observed_at > '" + away.plusSeconds(1)
                + "' and observed_at < '" + back + "'");
        assertThat(meanwhile).isNotEmpty();
        Awaitility.await("all is acknowledged").atMost(Duration.ofSeconds(60)).until(() -> zone.unsettled() < 4);
        subscriber.untilReady();
    }

    @Test
    void aloneItHasTheStatesTooAndASubscriberThatIsKilledGoesOnWithThem() {
        zone.publisher(targets);
        Program first = zone.subscriber("HEARTBEAT_STORE", "postgresql");
        String since = Program.target(first.untilHealth("host", "down", "DOWN"), "host", "down").path("since").asText();
        database.until("select 1 from heartbeat_readers r, heartbeat_outbox o where r.name = 'log'"
                + " and r.position = o.millis || '-' || o.nth and not exists (select 1 from heartbeat_outbox later"
                + " where (later.millis, later.nth) > (o.millis, o.nth))");
        first.kill();
        Program second = zone.subscriber("HEARTBEAT_STORE", "postgresql");
        assertThat(Program.target(second.untilHealth("host", "down", "DOWN"), "host", "down").path("since").asText())
                .isEqualTo(since);
        assertThat(second.log(" is DOWN")).isEmpty();
        assertThat(zone.keys().phKeys()).isEmpty();
    }
}
