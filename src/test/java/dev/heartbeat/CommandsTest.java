package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private Commands commands;

    private int run(Map<String, String> environment, String... arguments) {
        PrintStream stream = new PrintStream(told, true, StandardCharsets.UTF_8);
        commands = new Commands(environment, stream, stream);
        return commands.run(arguments);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    private Map<String, String> asked(Map<String, String> environment, String... arguments) {
        assertThat(run(environment, arguments)).as(told()).isZero();
        List<String> faults = new ArrayList<>();
        Map<String, String> asked = Aliases.resolve(commands.order().environment(), faults);
        assertThat(faults).isEmpty();
        return asked;
    }

    /** Words with blanks between, as a shell has them. */
    private static String[] words(String line) {
        return line == null ? new String[0] : line.strip().split(" +");
    }

    /** {@code A=1 B=2}. */
    private static Map<String, String> variables(String line) {
        Map<String, String> variables = new HashMap<>();
        Arrays.stream(words(line)).map(word -> word.split("=", 2)).forEach(pair -> variables.put(pair[0], pair[1]));
        return variables;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            publisher                                  | A=b                    | HEARTBEAT_MODE=publisher A=b
            subscriber --rabbitmq-host mq              | RABBITMQ_HOST=old      | HEARTBEAT_MODE=subscriber RABBITMQ_HOST=mq
            standalone                                 | HEARTBEAT_MODE=both    | HEARTBEAT_MODE=standalone
            publisher --rabbitmq-tls                   | RABBITMQ_TLS=false     | RABBITMQ_TLS=true
            publisher --rabbitmq-tls=false             | RABBITMQ_TLS=true      | RABBITMQ_TLS=false
            publisher --publish-interval=0.5           | A=b                    | PUBLISH_INTERVAL=0.5
            subscriber --kafka-bootstrap-servers k:1   | KAFKA_BROKER=j:1       | KAFKA_BOOTSTRAP_SERVERS=k:1
            subscriber --db-dsn host=a                 | POSTGRESQL_DSN=host=b  | DB_DSN=host=a
            subscriber --web-user a --web-user b       | A=b                    | WEB_USER=b
            sub --kafka-broker k:1 --kafka-topic t --postgresql-dsn host=db | A=b | HEARTBEAT_MODE=subscriber HEARTBEAT_TRANSPORT=kafka HEARTBEAT_STORE=memory,postgresql KAFKA_BOOTSTRAP_SERVERS=k:1 KAFKA_TOPIC=t KAFKA_GROUP_ID=reader KAFKA_AUTO_OFFSET_RESET=earliest DB_DSN=host=db DB_TABLE=test HISTORY_LAYOUT=metrics
            sub                                        | KAFKA_BROKER=k:1 KAFKA_TOPIC=t POSTGRESQL_DSN=host=db | KAFKA_BOOTSTRAP_SERVERS=k:1 KAFKA_TOPIC=t DB_DSN=host=db
            sub --kafka-topic u -v                     | KAFKA_BROKER=k:1 KAFKA_TOPIC=t POSTGRESQL_DSN=host=db | KAFKA_TOPIC=u LOG_LEVEL=DEBUG
            sub                                        | KAFKA_BROKER=k:1 KAFKA_TOPIC=t POSTGRESQL_DSN=host=db HEARTBEAT_STORE=redis,postgresql DB_TABLE=other | HEARTBEAT_STORE=redis,postgresql DB_TABLE=other
            --kafka-broker k:1 --kafka-topic pub -v sub | POSTGRESQL_DSN=host=db | HEARTBEAT_MODE=subscriber KAFKA_TOPIC=pub LOG_LEVEL=DEBUG
            sub --ssl-ca-file a --ssl-cert-file b --ssl-key-file c | KAFKA_BROKER=k:1 KAFKA_TOPIC=t DB_DSN=host=db | KAFKA_SSL_CA_FILE=a KAFKA_SSL_CERT_FILE=b KAFKA_SSL_KEY_FILE=c
            sub --ssl-key-file d | SSL_CA_FILE=a SSL_CERT_FILE=b SSL_KEY_FILE=c KAFKA_BROKER=k:1 KAFKA_TOPIC=t DB_DSN=host=db | KAFKA_SSL_CA_FILE=a KAFKA_SSL_KEY_FILE=d
            sub | VERBOSE=1 KAFKA_BROKER=k:1 KAFKA_TOPIC=t DB_DSN=host=db | LOG_LEVEL=DEBUG
            consume | KAFKA_TOPIC=t DB_HOST=db DB_TABLE=hosts LOG_LEVEL=DEBUG | HEARTBEAT_MODE=subscriber HEARTBEAT_TRANSPORT=kafka HEARTBEAT_STORE=memory,postgresql KAFKA_TOPIC=t DB_HOST=db DB_TABLE=hosts HISTORY_LAYOUT=host-metrics LOG_LEVEL=DEBUG
            consume --db-table mine --db-password-file p | DB_TABLE=hosts DB_PASSWORD=x | DB_TABLE=mine DB_PASSWORD_FILE=p
            """)
    void aCommandLineIsTheSettingsThatAStartWouldRead(String arguments, String environment, String expected) {
        assertThat(asked(variables(environment), words(arguments))).containsAllEntriesOf(variables(expected));
    }

    @Test
    void aSecretByOptionStandsBeforeTheFileOfTheEnvironment() {
        assertThat(asked(Map.of("REDIS_PASSWORD_FILE", "/x"), "subscriber", "--redis-password", "@secret"))
                .containsEntry("REDIS_PASSWORD", "@secret").doesNotContainKey("REDIS_PASSWORD_FILE");
    }

    @Test
    void twoOfThreeFilesAreNoTlsAndSaySo() {
        Map<String, String> asked = asked(Map.of("KAFKA_BROKER", "k:1", "KAFKA_TOPIC", "t", "DB_DSN", "host=db"), "sub",
                "--ssl-ca-file", "a", "--ssl-cert-file", "b");
        assertThat(asked).doesNotContainKey("KAFKA_SSL_CA_FILE");
        assertThat(commands.order().foreign().notes()).singleElement().asString().contains("SSL_CA_FILE", "SSL_KEY_FILE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pub                                              | 1 | --kafka-broker, --kafka-topic, --target
            pub --kafka-broker k:1 --target https://a        | 1 | missing: --kafka-topic
            sub --kafka-broker k:1 --kafka-topic t           | 1 | missing: --postgresql-dsn
            produce                                          | 2 | --config
            --producer                                       | 2 | --config
            -c x                                             | 2 | --producer or --consumer
            --debug                                          | 2 | --producer or --consumer
            --producer --consumer -c x                       | 2 | mutually exclusive
            --producer -c x publisher                        | 2 | stand alone
            publisher --rabbit                               | 2 | --rabbit
            publish                                          | 2 | publish
            """)
    void whatIsMissingOrUnknownIsNamedAndNothingStarts(String arguments, int code, String words) {
        assertThat(run(Map.of(), words(arguments))).isEqualTo(code);
        assertThat(told()).contains(words);
        assertThat(commands.order()).isNull();
    }

    @Test
    void missingOptionsOfTheServiceHealthCheckerBringItsHelp() {
        run(Map.of(), "sub");
        assertThat(told()).contains("--kafka-broker", "POSTGRESQL_DSN");
    }

    @ParameterizedTest
    @ValueSource(strings = { "publisher", "subscriber", "standalone" })
    void helpHasForEachSettingTheOptionTheVariableAndTheDefault(String command) {
        assertThat(run(Map.of(), command, "--help")).isZero();
        String help = told().replaceAll("\\s+", " ");
        assertThat(Settings.all()).filteredOn(setting -> !setting.variable().equals(Mode.VARIABLE)).allSatisfy(setting -> {
            String option = "--" + setting.variable().toLowerCase().replace('_', '-');
            String own = setting.defaultValue() == null ? "" : ", default " + setting.defaultValue();
            assertThat(help).containsPattern(Pattern.quote(option) + "[\\[=][^ ]+ "
                    + Pattern.quote(setting.variable() + own + " "));
        });
        assertThat(commands.order()).isNull();
    }

    @ParameterizedTest
    @CsvSource({ "--kafka-broker, KAFKA_BROKER", "--kafka-topic, KAFKA_TOPIC", "--postgresql-dsn, POSTGRESQL_DSN",
            "--target, TARGET", "--delay, 'DELAY, default 30'", "--timeout, 'TIMEOUT, default 10'", "--pattern, PATTERN",
            "--ssl-ca-file, SSL_CA_FILE", "--ssl-cert-file, SSL_CERT_FILE", "--ssl-key-file, SSL_KEY_FILE",
            "'-v, --verbose', 'VERBOSE, default false'" })
    void helpHasEveryFlagOfTheServiceHealthChecker(String option, String words) {
        for (String command : List.of("pub", "sub")) {
            told.reset();
            assertThat(run(Map.of(), command, "--help")).isZero();
            assertThat(told().lines()).anySatisfy(line -> assertThat(line).contains(option, " " + words));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "publisher", "subscriber", "standalone", "produce", "consume", "pub", "sub", "check-config",
            "check", "regex", "retire" })
    void everyCommandTellsTheVersion(String command) {
        assertThat(run(Map.of(), words((command + " --version").strip()))).isZero();
        assertThat(told()).startsWith("heartbeat ");
    }

    @ParameterizedTest
    @CsvSource({ "check-config, --connect", "check, --once", "check, --rabbitmq-host", "regex, TEXT", "retire, SOURCE" })
    void everyCommandThatStartsNoModeHasHelpToo(String command, String words) {
        assertThat(run(Map.of(), command, "--help")).isZero();
        assertThat(told()).contains("heartbeat " + command, words);
        assertThat(commands.order()).isNull();
    }

    @Test
    void noSecretIsEverRepeated() {
        run(Map.of(), "subscriber", "--redis-password", "s3cret", "--nothing");
        run(Map.of(), "sub", "--postgresql-dsn", "host=a password=s3cret");
        run(Map.of("DB_PASSWORD", "s3cret", "REDIS_PASSWORD", "s3cret"), "--help");
        assertThat(told()).doesNotContain("s3cret");
    }
}
