package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Does each role get from the Python Healthcheck's file what that program got from it? */
class KpFileTest {
    private static final Map<String, String> REMOTE = Map.of("KAFKA_BOOTSTRAP_SERVER", "kafka.example.org:9093", "CA_FILE",
            "/certs/ca.pem", "CERT_FILE", "/certs/service.cert", "KEY_FILE", "/certs/service.key", "POSTGRES_CONNECTION_URI",
            "postgres://me:hush@db:5432/x");
    private static final String TOPIC = "healthcheck-topic-cloud-providers";

    static byte[] sample(String file) {
        try (InputStream in = KpFileTest.class.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KpFile.Producer producer(byte[] file, Function<String, String> environment) {
        KpFile.Read<KpFile.Producer> read = KpFile.producer("config.yaml", file, environment);
        assertThat(read.faults()).isEmpty();
        return read.content();
    }

    private static KpFile.Consumer consumer(byte[] file, Function<String, String> environment) {
        KpFile.Read<KpFile.Consumer> read = KpFile.consumer("config.yaml", file, environment);
        assertThat(read.faults()).isEmpty();
        return read.content();
    }

    private static KpFile.Consumer consumer(String topics) {
        return consumer(("healthcheck-consumer-config:\n  bootstrap_servers: [k]\n  group_id: g\n  topics:\n" + topics)
                .getBytes(StandardCharsets.UTF_8), name -> null);
    }

    private static String bootstrap(String written, Map<String, String> environment) {
        String file = "healthcheck-producer-config:\n  bootstrap_servers:\n    - " + written + "\n  websites:\n"
                + "    - {url: 'http://a', polling_interval_in_seconds: 1, destination_topic: t}\n";
        return String.join(" ", producer(file.getBytes(StandardCharsets.UTF_8), environment::get).link().servers());
    }

    @Test
    void theSampleProducerIsReadAsItIs() {
        KpFile.Producer producer = producer(sample("/kp/config.yaml"), name -> null);

        assertThat(producer.link()).isEqualTo(
                new KafkaLink(List.of("localhost:9092"), null, null, null, null, null, null, null));
        assertThat(producer.targets().specs()).containsExactly(
                new WebsiteSpec("https://www.google.com", URI.create("https://www.google.com"), "GET", Map.of(), 10,
                        new WebsiteSpec.Expectation(List.of(new WebsiteSpec.Range(200, 399)),
                                PythonPattern.compile(".*google.*"), null, null),
                        WebsiteSpec.Tls.DEFAULT, new Pace(Duration.ofSeconds(30), Duration.ofSeconds(27), 0), TOPIC),
                new WebsiteSpec("https://www.amazon.com", URI.create("https://www.amazon.com"), "GET", Map.of(), 10,
                        new WebsiteSpec.Expectation(List.of(new WebsiteSpec.Range(200, 399)),
                                PythonPattern.compile(".*amazon.*"), null, null),
                        WebsiteSpec.Tls.DEFAULT, new Pace(Duration.ofSeconds(10), Duration.ofSeconds(9), 0), TOPIC));
        assertThat(producer.targets().topics().values()).containsOnly(TOPIC).hasSize(2);
        assertThat(producer.targets().asked().values()).contains(new Asked("https://www.google.com", ".*google.*"));
    }

    @Test
    void theSampleConsumerIsReadAsItIs() {
        KpFile.Consumer consumer = consumer(sample("/kp/config.yaml"), name -> null);

        String database = "postgresql://admin:admin@localhost:5432/healthcheck";
        assertThat(consumer.group()).isEqualTo("healthcheck-cloud-group");
        assertThat(consumer.autoOffsetReset()).isEqualTo("earliest");
        assertThat(consumer.routes()).containsExactly(
                new Route(TOPIC, "healthcheck-cloud-group", database, "healthcheck", RowLayout.HEALTHCHECK, true),
                new Route(TOPIC, "healthcheck-cloud-group.healthcheckReplica", database, "healthcheckReplica",
                        RowLayout.HEALTHCHECK, false));
        assertThat(consumer).asString().doesNotContain("admin");
    }

    @Test
    void theRemoteSampleTakesItsSecretsFromTheEnvironment() {
        KpFile.Consumer consumer = consumer(sample("/kp/remote-services-config.yaml"), REMOTE::get);

        assertThat(consumer.link()).isEqualTo(new KafkaLink(List.of("kafka.example.org:9093"), "SSL", "/certs/ca.pem",
                "/certs/service.cert", "/certs/service.key", null, null, null));
        assertThat(consumer.routes()).extracting(Route::database).containsOnly("postgres://me:hush@db:5432/x");
        assertThat(consumer.routes()).extracting(Route::table).containsExactly("HealthCheck", "HealthCheckReplica");
    }

    @Test
    void aRoleNeedsOnlyTheVariablesOfItsOwnSection() {
        Function<String, String> without = name -> name.startsWith("POSTGRES") ? null : REMOTE.get(name);

        assertThat(producer(sample("/kp/remote-services-config.yaml"), without).link().caFile()).isEqualTo("/certs/ca.pem");
        assertThat(KpFile.consumer("c.yaml", sample("/kp/remote-services-config.yaml"), without).faults())
                .extracting(Fault::toString).containsExactly(
                        "c.yaml:28:23: healthcheck-consumer-config.topics[0].connection_uri: needs the environment variable"
                                + " POSTGRES_CONNECTION_URI, which is not set; or give a default: ${POSTGRES_CONNECTION_URI:default}",
                        "c.yaml:31:23: healthcheck-consumer-config.topics[1].connection_uri: needs the environment variable"
                                + " POSTGRES_CONNECTION_URI, which is not set; or give a default: ${POSTGRES_CONNECTION_URI:default}");
    }

    @ParameterizedTest
    @CsvSource({ "!ENV ${HOST}, k:9092", "'!ENV ${HOST}:${PORT}', k:19092",
            "'!ENV \"kafka.${HOST}.example:1\"', kafka.k.example:1",
            "'!ENV ${NONE:d}', d:9092", "'!ENV ${NONE:d:7}', d:7", "'!ENV ${BLANK:d}', d:9092", "'!ENV ${HOST:d}', k:9092",
            "!ENV plain, plain:9092", "'!ENV \"${HOST},${NONE:b}:2\"', k:9092 b:2", "'[::1]:1', [::1]:1" })
    void variablesStandForTheirValuesAlsoInsideAText(String written, String expected) {
        String quoted = written.startsWith("[") ? "'" + written + "'" : written;
        assertThat(bootstrap(quoted, Map.of("HOST", "k", "PORT", "19092", "BLANK", " "))).isEqualTo(expected);
    }

    @Test
    void aValueThatLooksLikeAReferenceIsNotReadAgain() {
        assertThat(consumer(
                ("healthcheck-consumer-config: {bootstrap_servers: k, group_id: !ENV 'a${X}b', topics: [{source_topic: t,"
                        + " connection_uri: u, table_name: t}]}").getBytes(StandardCharsets.UTF_8),
                Map.of("X", "${X}\\$1")::get).group())
                .isEqualTo("a${X}\\$1b");
    }

    @Test
    void saslIsReadByItsClientsNames() {
        KpFile.Consumer consumer = consumer("""
                healthcheck-consumer-config:
                  bootstrap_servers: ["a:1", "b:2"]
                  security_protocol: sasl_ssl
                  ssl_cafile: ca.pem
                  sasl_mechanism: SCRAM-SHA-512
                  sasl_plain_username: me
                  sasl_plain_password: hush
                  group_id: g
                  topics: [{source_topic: t, connection_uri: u, table_name: t}]
                """.getBytes(StandardCharsets.UTF_8), name -> null);

        assertThat(consumer.link()).isEqualTo(
                new KafkaLink(List.of("a:1", "b:2"), "SASL_SSL", "ca.pem", null, null, "SCRAM-SHA-512", "me", "hush"));
        assertThat(consumer).asString().contains("a:1,b:2 by SASL_SSL as me").doesNotContain("hush");
    }

    @Test
    void everyFurtherRouteOnATopicIsAGroupOfItsOwnAndMakesNoStates() {
        List<Route> routes = consumer("""
                    - {source_topic: t, connection_uri: a, table_name: x}
                    - {source_topic: t, connection_uri: b, table_name: x}
                    - {source_topic: t, connection_uri: c, table_name: x}
                    - {source_topic: t, connection_uri: a, table_name: y-1_2, layout: metrics}
                    - {source_topic: s, connection_uri: a, table_name: x, layout: host-metrics}
                    - {source_topic: t, connection_uri: a, table_name: x}
                """).routes();

        assertThat(routes).extracting(Route::group).containsExactly("g", "g.x", "g.x.2", "g.y-1_2", "g");
        assertThat(routes).extracting(Route::states).containsExactly(true, false, false, false, true);
        assertThat(routes).extracting(Route::layout).containsExactly(RowLayout.HEALTHCHECK, RowLayout.HEALTHCHECK,
                RowLayout.HEALTHCHECK, RowLayout.METRICS, RowLayout.HOST_METRICS);
    }

    @Test
    void oneSiteMayBeToldToSeveralTopics() {
        Targets targets = producer("""
                healthcheck-producer-config:
                  bootstrap_servers: k
                  websites:
                    - {url: 'https://u:p@bücher.example', polling_interval_in_seconds: 0.5, destination_topic: a}
                    - {url: 'https://bücher.example', polling_interval_in_seconds: 600, destination_topic: b}
                """.getBytes(StandardCharsets.UTF_8), name -> null).targets();

        assertThat(targets.topics()).containsExactlyInAnyOrderEntriesOf(Map.of(
                new Target(Kind.WEBSITE, "https://bücher.example"), "a",
                new Target(Kind.WEBSITE, "https://bücher.example (b)"), "b"));
        assertThat(targets.specs()).extracting(Spec::pace).containsExactly(
                new Pace(Duration.ofMillis(500), Duration.ofSeconds(1), 0),
                new Pace(Duration.ofMinutes(10), Duration.ofSeconds(30), 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {polling_interval_in_seconds: 1, destination_topic: t} | url: must be given: an address that starts with http:// or https://
            {url: google.com, polling_interval_in_seconds: 1, destination_topic: t} | url: must start with http:// or https://
            {url: 'http://a', destination_topic: t} | polling_interval_in_seconds: must be given: a number of seconds of more than 0 and at most 2592000
            {url: 'http://a', polling_interval_in_seconds: 0, destination_topic: t} | polling_interval_in_seconds: "0" must be a number of seconds of more than 0 and at most 2592000
            {url: 'http://a', polling_interval_in_seconds: 1e3, destination_topic: t} | polling_interval_in_seconds: "1e3" must be a number of seconds of more than 0 and at most 2592000
            {url: 'http://a', polling_interval_in_seconds: 30s, destination_topic: t} | polling_interval_in_seconds: "30s" must be a number of seconds of more than 0 and at most 2592000
            {url: 'http://a', polling_interval_in_seconds: 1} | destination_topic: must be given: the name of a topic: 1 to 249 letters, digits, ".", "_" and "-"
            {url: 'http://a', polling_interval_in_seconds: 1, destination_topic: 'a b'} | destination_topic: "a b" must be the name of a topic: 1 to 249 letters, digits, ".", "_" and "-"
            {url: 'http://a', polling_interval_in_seconds: 1, destination_topic: t, regex: '(a'} | regex: "(a" must be a regular expression as Python's re.search takes it: <(a>
            """)
    void aWrongWebsiteIsAFault(String website, String fault) {
        String file = "healthcheck-producer-config:\n  bootstrap_servers: k\n  websites:\n    - " + website;

        assertThat(KpFile.producer("c.yaml", file.getBytes(StandardCharsets.UTF_8), name -> null).faults())
                .singleElement().asString().startsWith("c.yaml:4:")
                .endsWith(" healthcheck-producer-config.websites[0]." + Complaints.in(fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            bootstrap_servers: k      | bootstrap_servers: []            | bootstrap_servers: must hold at least one: host:port of a Kafka broker, several of them between commas
            bootstrap_servers: k      | bootstrap_servers: 'a:99999'     | bootstrap_servers: "a:99999" must be host:port of a Kafka broker, several of them between commas, such as kafka.example.org:9092
            bootstrap_servers: k      | bootstrap_servers: 'PLAIN://a:1' | bootstrap_servers: "PLAIN://a:1" must be host:port of a Kafka broker, several of them between commas, such as kafka.example.org:9092
            bootstrap_servers: k      | x: y                             | bootstrap_servers: must be given: a list of host:port of a Kafka broker, several of them between commas
            security_protocol: SSL    | security_protocol: TLS           | security_protocol: "TLS" must be PLAINTEXT, SSL, SASL_SSL or SASL_PLAINTEXT
            ssl_keyfile: k            | x: y                             | ssl_keyfile: must be given: ssl_certfile and ssl_keyfile go together
            security_protocol: SSL    | security_protocol: SASL_SSL, sasl_plain_username: u | sasl_plain_password: must be given: a text that is not blank
            security_protocol: SSL    | sasl_mechanism: GSSAPI           | sasl_mechanism: "GSSAPI" must be PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512
            group_id: g               | x: y                             | group_id: must be given: a text that is not blank
            auto_offset_reset: latest | auto_offset_reset: newest        | auto_offset_reset: "newest" must be earliest or latest
            table_name: t             | table_name: 'a;b'                | topics[0].table_name: "a;b" must be the name of a table: 1 to 63 letters, digits, "_" and "-"
            table_name: t             | table_name: ''                   | topics[0].table_name: "" must be the name of a table: 1 to 63 letters, digits, "_" and "-"
            connection_uri: hush      | connection_uri: [hush]           | topics[0].connection_uri: must be a text that is not blank
            source_topic: s           | x: y                             | topics[0].source_topic: must be given: the name of a topic: 1 to 249 letters, digits, ".", "_" and "-"
            layout: metrics           | layout: other                    | topics[0].layout: "other" must be healthcheck, heartbeat, metrics or host-metrics
            topics: [{                | topics: [], y: [{                | topics: must be given: a list of source_topic, connection_uri and table_name
            """)
    void aWrongConsumerIsAFault(String right, String wrong, String fault) {
        String file = "healthcheck-consumer-config: {bootstrap_servers: k, security_protocol: SSL, ssl_certfile: c, ssl_keyfile: k,"
                + " group_id: g, auto_offset_reset: latest,"
                + " topics: [{source_topic: s, connection_uri: hush, table_name: t, layout: metrics}]}";
        assertThat(KpFile.consumer("c.yaml", file.getBytes(StandardCharsets.UTF_8), name -> null).faults()).isEmpty();

        assertThat(
                KpFile.consumer("c.yaml", file.replace(right, wrong).getBytes(StandardCharsets.UTF_8), name -> null).faults())
                .singleElement().asString().startsWith("c.yaml:1:").endsWith(" healthcheck-consumer-config." + fault)
                .doesNotContain("hush");
    }

    /** Names are always quoted. */
    @ParameterizedTest
    @ValueSource(strings = { "t", "healthcheckReplica", "-x", "5min", "_", "a-b_c" })
    void aTableMayHaveAnyNameOfLettersDigitsAndLines(String table) {
        String file = "healthcheck-consumer-config: {bootstrap_servers: k, group_id: g,"
                + " topics: [{source_topic: s, connection_uri: u, table_name: " + table + "}]}";

        assertThat(KpFile.consumer("c.yaml", file.getBytes(StandardCharsets.UTF_8), name -> null).faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            a: 1                                             | c.yaml:1:1: healthcheck-producer-config: must be given: a mapping, as this role is asked for
            healthcheck-producer-config: 1                   | c.yaml:1:30: healthcheck-producer-config: must be a mapping of keys to values
            §§                                               | c.yaml:1:1: is empty; must hold the key healthcheck-producer-config
            healthcheck-producer-config: !OTHER a            | c.yaml:1:30: healthcheck-producer-config: must not have this tag: the only one is !ENV, before a text
            healthcheck-producer-config: !ENV [a]            | c.yaml:1:30: healthcheck-producer-config: must not have this tag: the only one is !ENV, before a text
            healthcheck-producer-config: {x: !ENV '${A B}'}  | c.yaml:1:34: healthcheck-producer-config.x: must name an environment variable as ${NAME} or ${NAME:default}
            healthcheck-producer-config: {x: !ENV '${}'}     | c.yaml:1:34: healthcheck-producer-config.x: must name an environment variable as ${NAME} or ${NAME:default}
            """)
    void aFileThatIsNoneIsAFault(String file, String fault) {
        assertThat(KpFile.producer("c.yaml", file.getBytes(StandardCharsets.UTF_8), name -> null).faults())
                .extracting(Fault::toString).containsExactly(fault);
    }

    @Test
    void whatTheProgramPassesOverIsAWarning() {
        String file = "healthcheck-producer-config: {bootstrap_servers: k, retries: 3, websites: [{url: 'http://a', owner: me,"
                + " polling_interval_in_seconds: 1, destination_topic: t}]}\nlogging: {}\n";

        KpFile.Read<KpFile.Producer> read = KpFile.producer("c.yaml", file.getBytes(StandardCharsets.UTF_8), name -> null);

        assertThat(read.faults()).isEmpty();
        assertThat(read.warnings()).extracting(Fault::message).contains("unknown keys are ignored: healthcheck-producer-config."
                + "websites[].owner, healthcheck-producer-config.retries, logging");
    }
}
