package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.Start.FaultsException;
import dev.heartbeat.model.Route;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.model.WebsiteSpec;

/** Do the files, flags and variables of the three programs start what they started? */
class ForeignTest {
    private static final String KP = "src/test/resources/kp/config.yaml";
    private static final String KP_REMOTE = "src/test/resources/kp/remote-services-config.yaml";
    private static final String HC = "src/test/resources/hc/producer_config";
    private static final String TOPIC = "healthcheck-topic-cloud-providers";
    private static final String DATABASE = "postgresql://admin:admin@localhost:5432/healthcheck";
    private final Map<String, String> properties = new HashMap<>();

    private Start start(Map<String, String> environment, String... arguments) throws FaultsException {
        Map<String, String> all = new HashMap<>(Map.of("QUARKUS_HTTP_PORT", "0"));
        all.putAll(environment);
        Commands commands = new Commands(all, System.out, new PrintStream(System.err, true));
        assertThat(commands.run(arguments)).isZero();
        return Start.read(commands.order(), properties::put);
    }

    private List<String> faults(Map<String, String> environment, String... arguments) {
        return catchThrowableOfType(FaultsException.class, () -> start(environment, arguments)).faults();
    }

    @Test
    void theProducerOfThePythonHealthcheckAsksItsWebsites() throws FaultsException {
        Start start = start(Map.of(), "--producer", "-c", KP);
        assertThat(start.mode()).isEqualTo(Mode.PUBLISHER);
        assertThat(start.transport()).isEqualTo(Transport.KAFKA);
        assertThat(start.from()).isEqualTo(KP);
        assertThat(start.targets().specs(WebsiteSpec.class)).extracting(WebsiteSpec::topic).containsExactly(TOPIC, TOPIC);
        assertThat(properties).containsEntry("kafka.bootstrap-servers", "localhost:9092")
                .containsEntry("kafka.layout", "healthcheck")
                .containsEntry("mp.messaging.outgoing.heartbeats-out.connector", "heartbeat-kafka");
    }

    @Test
    void theConsumerOfThePythonHealthcheckFillsItsTables() throws FaultsException {
        Start start = start(Map.of(), "--consumer", "--debug", "--config=" + KP);
        assertThat(start.mode()).isEqualTo(Mode.SUBSCRIBER);
        assertThat(start.stores()).containsExactly(Store.MEMORY, Store.POSTGRESQL);
        assertThat(start.targets()).isNull();
        assertThat(start.routes()).containsExactly(
                new Route(TOPIC, "healthcheck-cloud-group", DATABASE, "healthcheck", RowLayout.HEALTHCHECK, true),
                new Route(TOPIC, "healthcheck-cloud-group.healthcheckReplica", DATABASE, "healthcheckReplica",
                        RowLayout.HEALTHCHECK, false));
        assertThat(properties).containsEntry("kafka.topic", TOPIC).containsEntry("kafka.group-id", "healthcheck-cloud-group")
                .containsEntry("kafka.auto-offset-reset", "earliest")
                .containsEntry("quarkus.log.category.\"dev.heartbeat\".level", "DEBUG");
    }

    @Test
    void theEnvironmentStandsBeforeItsFile() throws FaultsException {
        Start start = start(Map.of("KAFKA_BROKER", "k:1", "KAFKA_GROUP_ID", "mine", "KAFKA_AUTO_OFFSET_RESET", "latest"),
                "--consumer", "-c", KP);
        assertThat(start.routes()).extracting(Route::group).containsExactly("mine", "mine.healthcheckReplica");
        assertThat(properties).containsEntry("kafka.bootstrap-servers", "k:1").containsEntry("kafka.group-id", "mine")
                .containsEntry("kafka.auto-offset-reset", "latest");
    }

    @Test
    void whatItsFileTakesFromTheEnvironmentMustBeThereAndEachIsNamed() {
        assertThat(faults(Map.of("CERT_FILE", "/c"), "--producer", "-c", KP_REMOTE))
                .anySatisfy(line -> assertThat(line).startsWith(KP_REMOTE + ":").contains("KAFKA_BOOTSTRAP_SERVER"))
                .anySatisfy(line -> assertThat(line).contains("CA_FILE"));
    }

    @Test
    void aWrongAddressOfADatabaseIsNamedWithoutItsPassword(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"),
                Files.readString(Path.of(KP)).replace("postgresql://admin:admin@", "mysql://admin:s3cret@"));
        assertThat(faults(Map.of(), "--consumer", "-c", file.toString())).hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("connection_uri", "postgresql://").doesNotContain("s3cret"));
    }

    @Test
    void routesWithoutADatabaseAreRefused() {
        assertThat(faults(Map.of("HEARTBEAT_STORE", "redis"), "--consumer", "-c", KP)).singleElement().asString()
                .contains("HEARTBEAT_STORE", "redis,postgresql");
    }

    @Test
    void ourOwnSubscriberReadsItsRoutesFromAFileOfThatFormat() throws FaultsException {
        Start start = start(Map.of("HEARTBEAT_TRANSPORT", "kafka", "HEARTBEAT_STORE", "redis,postgresql", "ROUTES_FILE", KP),
                "subscriber");
        assertThat(start.routes()).extracting(Route::table).containsExactly("healthcheck", "healthcheckReplica");
        assertThat(start.stores()).containsExactly(Store.REDIS, Store.POSTGRESQL);
        assertThat(properties).containsEntry("kafka.bootstrap-servers", "localhost:9092").containsEntry("kafka.topic", TOPIC);
    }

    @Test
    void aFileOfRoutesThatNobodyReadsIsNoted() throws FaultsException {
        assertThat(start(Map.of("ROUTES_FILE", KP), "subscriber").notes()).singleElement().asString().contains("ROUTES_FILE",
                "HEARTBEAT_TRANSPORT=kafka");
    }

    @Test
    void theHostCheckerAsksItsHostsByTheMinute() throws FaultsException {
        Start start = start(Map.of("KAFKA_TOPIC", "hosts", "KAFKA_BOOTSTRAP_SERVERS", "k:1"), "produce", "-c", HC);
        assertThat(start.targets().specs(WebsiteSpec.class)).extracting(spec -> spec.pace().interval())
                .containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(10));
        assertThat(start.transport()).isEqualTo(Transport.KAFKA);
        assertThat(start.from()).isEqualTo(HC);
    }

    @Test
    void theHostCheckerFillsItsTable() throws FaultsException {
        Start start = start(Map.of("KAFKA_TOPIC", "hosts", "DB_TABLE", "metrics", "DB_BATCH_SIZE", "100"), "consume");
        assertThat(start.routes())
                .containsExactly(new Route("hosts", "heartbeat", null, "metrics", RowLayout.HOST_METRICS, true));
        assertThat(properties).containsEntry("db.batch-size", "100").containsEntry("history.layout", "host-metrics");
    }

    @Test
    void theServiceHealthCheckerAsksItsSite() throws FaultsException {
        Start start = start(Map.of("TARGET", "https://example.org", "DELAY", "0.5"), "pub", "--kafka-broker", "k:1",
                "--kafka-topic", "t", "--pattern", "foo", "--timeout", "2.5");
        WebsiteSpec site = start.targets().specs(WebsiteSpec.class).get(0);
        assertThat(site.url()).hasToString("https://example.org");
        assertThat(site.pace().interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(site.pace().timeout()).isEqualTo(Duration.ofMillis(2500));
        assertThat(properties).containsEntry("kafka.layout", "metrics").containsEntry("kafka.client-id", "writer")
                .containsEntry("kafka.topic", "t");
    }

    @Test
    void withoutFlagsItsDelayIsThirtySecondsAndItsTimeoutTen() throws FaultsException {
        Start start = start(Map.of("TARGET", "https://example.org", "KAFKA_BROKER", "k:1", "KAFKA_TOPIC", "t"), "pub");
        WebsiteSpec site = start.targets().specs(WebsiteSpec.class).get(0);
        assertThat(site.pace().interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(site.pace().timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void theServiceHealthCheckerFillsItsTable() throws FaultsException {
        Start start = start(Map.of(), "sub", "--kafka-broker", "k:1", "--kafka-topic", "t", "--postgresql-dsn",
                "host=localhost user=postgres password=postgres");
        assertThat(start.routes()).containsExactly(new Route("t", "reader", null, "test", RowLayout.METRICS, true));
        assertThat(properties).containsEntry("db.dsn", "host=localhost user=postgres password=postgres");
    }

    @ParameterizedTest
    @CsvSource({ "--delay, soon, DELAY", "--timeout, -1, TIMEOUT", "--pattern, (, PATTERN", "--target, example.org, TARGET" })
    void aWrongFlagIsNamed(String flag, String value, String word) {
        assertThat(faults(Map.of("TARGET", "https://example.org"), "pub", "--kafka-broker", "k:1", "--kafka-topic", "t", flag,
                value)).singleElement().asString().contains(flag, word);
    }

    @ParameterizedTest
    @ValueSource(strings = { "--producer -c /no/file", "--consumer -c /no/file", "produce -c /no/file" })
    void aFileThatIsNotThereIsNamed(String arguments) {
        assertThat(faults(Map.of(), arguments.split(" "))).singleElement().asString().contains("/no/file", "no such file");
    }

    @Test
    void theExamplesAreValidAsTheyAre() throws FaultsException {
        assertThat(start(Map.of(), "--producer", "-c", "config/healthcheck.yaml").targets().all()).hasSize(2);
        assertThat(start(Map.of(), "--consumer", "-c", "config/healthcheck.yaml").routes()).hasSize(2);
        assertThat(start(Map.of(), "produce", "-c", "config/hosts.txt").targets().all()).hasSize(2);
    }
}
