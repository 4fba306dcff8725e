package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.heartbeat.Start.FaultsException;
import dev.heartbeat.model.Route;
import dev.heartbeat.model.RowLayout;

class StartTest {
    private static final String OUT = "mp.messaging.outgoing.heartbeats-out.connector";
    private static final String IN = "mp.messaging.incoming.heartbeats-in.connector";
    private final Map<String, String> properties = new HashMap<>();

    private Start start(Map<String, String> environment) throws FaultsException {
        Map<String, String> all = new HashMap<>(Map.of("QUARKUS_HTTP_PORT", "0", "TARGETS_FILE", "config/targets.yaml"));
        all.putAll(environment);
        return Start.read(Order.of(all), properties::put);
    }

    private List<String> faults(Map<String, String> environment) {
        return catchThrowableOfType(FaultsException.class, () -> start(environment)).faults();
    }

    /** {@code A=1 B=2}; a blank in a value is written _. */
    private static Map<String, String> variables(String line) {
        Map<String, String> variables = new HashMap<>();
        Arrays.stream(line.strip().split(" +")).filter(word -> word.contains("=")).map(word -> word.split("=", 2))
                .forEach(pair -> variables.put(pair[0], pair[1]));
        return variables;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -                                                   | memory   | memory   | memory           | false
            REDIS_HOST=r                                        | memory   | memory   | redis            | true
            HEARTBEAT_MODE=publisher                            | rabbitmq | memory   | ''               | false
            RABBITMQ_HOST=mq                                    | rabbitmq | memory   | ''               | false
            HEARTBEAT_MODE=subscriber                           | memory   | rabbitmq | redis            | true
            HEARTBEAT_MODE=publisher HEARTBEAT_TRANSPORT=Kafka  | kafka    | memory   | ''               | false
            HEARTBEAT_MODE=subscriber HEARTBEAT_TRANSPORT=kafka | memory   | memory   | redis            | true
            HEARTBEAT_TRANSPORT=kafka                           | kafka    | memory   | memory           | false
            HEARTBEAT_TRANSPORT=rabbitmq HEARTBEAT_STORE=redis,postgresql | rabbitmq | rabbitmq | redis,postgresql | true
            HEARTBEAT_MODE=subscriber HEARTBEAT_STORE=Postgresql | memory | rabbitmq | postgresql         | false
            HEARTBEAT_MODE=subscriber HEARTBEAT_STORE=memory,postgresql | memory | rabbitmq | memory,postgresql | false
            HEARTBEAT_MODE=publisher HEARTBEAT_STORE=redis      | rabbitmq | memory   | ''               | false
            """)
    void modeTransportAndStoresWireBothSides(String environment, String out, String in, String stores, String redis)
            throws FaultsException {
        start(variables(environment));
        assertThat(properties).containsEntry(OUT, "heartbeat-" + out).containsEntry(IN, "heartbeat-" + in)
                .containsEntry("heartbeat.store", stores).containsEntry("quarkus.redis.active", redis);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HEARTBEAT_TRANSPORT=amqp                          | HEARTBEAT_TRANSPORT=amqp: is none of rabbitmq, kafka, memory
            HEARTBEAT_STORE=mysql                             | HEARTBEAT_STORE=mysql: "mysql" is none of redis, postgresql, memory
            HEARTBEAT_STORE=redis,                            | HEARTBEAT_STORE=redis,: "" is none of
            HEARTBEAT_STORE=redis,redis                       | names redis twice
            HEARTBEAT_STORE=postgresql,redis                  | redis keeps no history; leave redis out, or name it first
            HEARTBEAT_MODE=subscriber HEARTBEAT_TRANSPORT=memory | HEARTBEAT_TRANSPORT=memory: reaches nobody outside
            HEARTBEAT_MODE=publisher HEARTBEAT_TRANSPORT=memory  | HEARTBEAT_TRANSPORT=memory: reaches nobody outside
            LOG_LEVEL=loud                                    | LOG_LEVEL=loud: is none of debug, info
            DB_TABLE=1.st                                     | DB_TABLE=1.st: is no name of a table; give 1 to 63 letters
            HISTORY_RETENTION=soon                            | HISTORY_RETENTION=soon: must be a number of days
            KAFKA_SASL_MECHANISM=NONE HEARTBEAT_TRANSPORT=kafka KAFKA_SECURITY_PROTOCOL=SASL_SSL KAFKA_SASL_USERNAME=u KAFKA_SASL_PASSWORD_FILE=README.md | KAFKA_SASL_MECHANISM=NONE
            HEARTBEAT_TRANSPORT=kafka KAFKA_LAYOUT=avro       | KAFKA_LAYOUT=avro: is none of heartbeat
            HEARTBEAT_TRANSPORT=kafka KAFKA_BROKER=kafka      | KAFKA_BOOTSTRAP_SERVERS=kafka: "kafka" is not host:port
            DB_DSN=s3cret                                     | DB_DSN=…:
            HISTORY_LAYOUT=wide                               | HISTORY_LAYOUT=wide: is none of heartbeat, healthcheck
            KAFKA_LAYOUT=avro                                 | KAFKA_LAYOUT=avro: is none of heartbeat
            DB_PORT=tcp://10.0.0.1:5432                       | DB_PORT=tcp://10.0.0.1:5432: is no whole number (Kubernetes
            DB_SSLMODE=maybe                                  | DB_SSLMODE=maybe: is none of disable
            KAFKA_BROKER=a:1 KAFKA_BOOTSTRAP_SERVERS=b:1      | KAFKA_BROKER and KAFKA_BOOTSTRAP_SERVERS are both set
            """)
    void whatIsWrongIsOneClearFault(String environment, String words) {
        assertThat(faults(variables(environment))).singleElement().asString().contains(words)
                .doesNotContain("s3cret");
    }

    @Test
    void aTopicWithoutRoutesGoesIntoTheTableOfTheSettings() throws FaultsException {
        Start start = start(Map.of("HEARTBEAT_MODE", "subscriber", "HEARTBEAT_TRANSPORT", "kafka", "HEARTBEAT_STORE",
                "redis,postgresql", "KAFKA_TOPIC", "sites", "KAFKA_GROUP_ID", "g", "DB_TABLE", "hosts", "HISTORY_LAYOUT",
                "host-metrics"));
        assertThat(start.routes()).containsExactly(new Route("sites", "g", null, "hosts", RowLayout.HOST_METRICS, true));
    }

    @Test
    void withoutPostgresqlATopicGoesIntoNoTableAndAPublisherHearsNone() throws FaultsException {
        assertThat(start(Map.of("HEARTBEAT_MODE", "subscriber", "HEARTBEAT_TRANSPORT", "kafka")).routes()).singleElement()
                .extracting(Route::table).isNull();
        assertThat(start(Map.of("HEARTBEAT_MODE", "publisher", "HEARTBEAT_TRANSPORT", "kafka")).routes()).isEmpty();
        assertThat(start(Map.of("HEARTBEAT_MODE", "subscriber")).routes()).isEmpty();
    }

    @Test
    void whatTheProcessDoesNotHaveInItsEnvironmentBecomesProperties() throws FaultsException {
        start(Map.of("HEARTBEAT_MODE", "subscriber", "KAFKA_BROKER", "k:1", "RABBITMQ_PORT", " 5673 ", "LOG_LEVEL", "warning"));
        assertThat(properties).containsEntry("kafka.bootstrap-servers", "k:1").containsEntry("rabbitmq.port", "5673")
                .containsEntry("quarkus.log.level", "WARN").containsEntry("quarkus.config.profile.parent", "subscriber");
    }

    @Test
    void debugIsOfOursOnly() throws FaultsException {
        start(Map.of("LOG_LEVEL", "debug"));
        assertThat(properties).containsEntry("quarkus.log.category.\"dev.heartbeat\".level", "DEBUG")
                .doesNotContainKey("quarkus.log.level");
    }

    @Test
    void kafkaThatIsSetAndNotChosenIsNoted() throws FaultsException {
        Start start = start(Map.of("KAFKA_BROKER", "k:1"));
        assertThat(start.mode()).isEqualTo(Mode.STANDALONE);
        assertThat(start.notes()).singleElement().asString().contains("KAFKA_BOOTSTRAP_SERVERS", "HEARTBEAT_TRANSPORT=kafka",
                "HEARTBEAT_MODE");
    }

    @Test
    void aDatabaseThatIsSetAndNotChosenIsNoted() throws FaultsException {
        assertThat(start(Map.of("POSTGRESQL_DSN", "host=db password=s3cret")).notes()).singleElement().asString()
                .contains("DB_DSN", "HEARTBEAT_STORE").doesNotContain("s3cret");
    }

    @Test
    void whatKubernetesSetsForServicesIsNoTypingMistake() {
        assertThat(Misspelt.in(Map.of("KAFKA_PORT", "tcp://10.0.0.1:9092", "KAFKA_SERVICE_HOST", "10.0.0.1",
                "KAFKA_SERVICE_PORT", "9092", "KAFKA_SERVICE_PORT_CLIENT", "9092", "KAFKA_PORT_9092_TCP", "tcp://10.0.0.1:9092",
                "DB_PORT_5432_TCP_ADDR", "10.0.0.1", "DB_MAIN_PORT", "tcp://10.0.0.1:5432"))).isEmpty();
        assertThat(Misspelt.in(Map.of("KAFKA_TOPICS", "t", "DB_PASSWORD_FILE", "/p", "POSTGRESQL_DSN_FILE", "/d", "DB_PASS",
                "x"))).containsOnlyKeys("KAFKA_TOPICS", "DB_PASS");
    }

    @Test
    void secretsOfKafkaAndTheDatabaseMayStandInFiles(@TempDir Path folder) throws IOException, FaultsException {
        Path file = Files.writeString(folder.resolve("secret"), "host=db password=s3cret\n");
        start(Map.of("POSTGRESQL_DSN_FILE", file.toString(), "DB_PASSWORD_FILE", file.toString(), "KAFKA_SASL_PASSWORD_FILE",
                file.toString()));
        assertThat(properties).containsEntry("db.dsn", "host=db password=s3cret")
                .containsEntry("db.password", "host=db password=s3cret")
                .containsEntry("kafka.sasl-password", "host=db password=s3cret");
    }
}
