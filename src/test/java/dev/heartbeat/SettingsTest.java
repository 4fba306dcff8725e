package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.heartbeat.Settings.Setting;

class SettingsTest {
    private final Map<String, String> corrected = new HashMap<>();

    private List<String> check(Map<String, String> environment) {
        return Settings.check(environment, corrected::put);
    }

    @Test
    void phsVariablesKeepTheirNamesAndDefaults() {
        Map<String, String> defaults = new HashMap<>();
        Settings.all().forEach(setting -> defaults.put(setting.variable(), String.valueOf(setting.defaultValue())));
        assertThat(defaults).containsAllEntriesOf(Map.ofEntries(
                Map.entry("RABBITMQ_HOST", "localhost"), Map.entry("RABBITMQ_PORT", "5672"),
                Map.entry("RABBITMQ_USER", "guest"),
                Map.entry("RABBITMQ_PASS", "guest"), Map.entry("RABBITMQ_VHOST", "/"),
                Map.entry("RABBITMQ_EXCHANGE", "my_topic_exchange"), Map.entry("RABBITMQ_QUEUE", "my_queue"),
                Map.entry("RABBITMQ_ROUTING_KEY", "service.heartbeat"), Map.entry("RABBITMQ_TLS", "false"),
                Map.entry("RABBITMQ_TLS_PORT", "5671"), Map.entry("RABBITMQ_CA_CERT_PATH", "null"),
                Map.entry("RABBITMQ_MANAGEMENT_PORT", "null"), Map.entry("PUBLISH_INTERVAL", "60"),
                Map.entry("REDIS_HOST", "redis"), Map.entry("REDIS_PORT", "6379"), Map.entry("REDIS_DB", "0"),
                Map.entry("HEARTBEAT_SOURCE", "publisher"), Map.entry("PUBLISHER_CONFIG_PATH", "null")));
    }

    @ParameterizedTest
    @CsvSource({ "RABBITMQ_PORT, 0", "RABBITMQ_PORT, 65536", "REDIS_PORT, x", "REDIS_DB, -1", "PUBLISH_INTERVAL, -5",
            "PUBLISH_INTERVAL, 5 parsecs", "STALE_AFTER, soon", "REDIS_LAYOUT, safe", "RABBITMQ_DECLARE, always",
            "REDIS_TLS, maybe",
            "PUBLISH_BUFFER_COUNT, 0", "RABBITMQ_MAX_MESSAGE_BYTES, big", "FAILURES_BEFORE_DOWN, 0",
            "SUCCESSES_BEFORE_UP, hosts=2",
            "FLAP_DETECTION, 20/5", "NEWS_MAX_AGE, long", "NEWS_MASS_SHARE, 50%", "HEALTH_TIMEOUT, 0",
            "HEALTH_TIMEOUT, 50ms", "HEALTH_TIMEOUT, soon", "ENVIRON_ENABLED, maybe",
            "METRICS_TARGETS, -1" })
    void whatIsImpossibleIsNamedWithItsValue(String variable, String value) {
        assertThat(check(Map.of(variable, value))).singleElement().asString().startsWith(variable + "=" + value + ": ");
    }

    @ParameterizedTest
    @CsvSource({ "RABBITMQ_PORT, 5671", "PUBLISH_INTERVAL, 0", "PUBLISH_INTERVAL, 0.5", "PUBLISH_INTERVAL, 500ms",
            "STALE_AFTER, 2m",
            "REDIS_LAYOUT, seed", "REDIS_LAYOUT, READER-SAFE", "RABBITMQ_DECLARE, off", "RABBITMQ_TLS, True",
            "RABBITMQ_TLS, yes",
            "RABBITMQ_MAX_MESSAGE_BYTES, 16M", "REDIS_TLS, TRUE", "FAILURES_BEFORE_DOWN, website=2", "SUCCESSES_BEFORE_UP, 3",
            "FLAP_DETECTION, 5/20", "NEWS_MAX_AGE, 15m", "NEWS_MASS_SHARE, 0.2", "HEALTH_TIMEOUT, 0.5",
            "ENVIRON_ENABLED, FALSE",
            "METRICS_TARGETS, 0" })
    void whatIsPossibleIsAccepted(String variable, String value) {
        assertThat(check(Map.of(variable, value))).isEmpty();
    }

    @Test
    void aBlankVariableStandsForItsDefault() {
        assertThat(check(Map.of("RABBITMQ_PORT", " "))).isEmpty();
        assertThat(corrected).containsEntry("rabbitmq.port", "5672");
    }

    @Test
    void aBlankRoutingKeyIsTheQueuesName() {
        check(Map.of("RABBITMQ_ROUTING_KEY", "", "RABBITMQ_QUEUE", "beats"));
        assertThat(corrected).containsEntry("rabbitmq.routing-key", "beats");
    }

    @ParameterizedTest
    @CsvSource({ "RABBITMQ_EXCHANGE", "RABBITMQ_QUEUE" })
    void exchangeAndQueueMustNotBeBlank(String variable) {
        assertThat(check(Map.of(variable, " "))).singleElement().asString().contains(variable, "blank");
    }

    @Test
    void aSecretMayStandInAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("pass"), "s3cret\n");
        assertThat(check(Map.of("RABBITMQ_PASS_FILE", file.toString()))).isEmpty();
        assertThat(corrected).containsEntry("rabbitmq.pass", "s3cret");
    }

    @Test
    void aSecretInBothPlacesIsAFaultThatDoesNotTellIt() {
        assertThat(check(Map.of("REDIS_PASSWORD_FILE", "/x", "REDIS_PASSWORD", "s3cret"))).singleElement().asString()
                .contains("REDIS_PASSWORD_FILE").doesNotContain("s3cret");
    }

    @Test
    void aSecretFileThatIsNotThereIsAFault() {
        assertThat(check(Map.of("RABBITMQ_PASS_FILE", "/nowhere/pass"))).singleElement().asString().contains("/nowhere/pass");
    }

    @ParameterizedTest
    @CsvSource({ "WEB_USER, ops", "WEB_PASSWORD, s3cret", "WEB_PASSWORD_FILE, /dev/null" })
    void halfOfWhatProtectsThePageIsAFault(String variable, String value) {
        assertThat(check(Map.of(variable, value))).anyMatch(line -> line.contains("set both, or neither"))
                .noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void userAndPasswordTogetherAreNoFaultAndNeitherIsNeither(@TempDir Path folder) throws IOException {
        assertThat(check(Map.of("WEB_USER", "ops", "WEB_PASSWORD", "s3cret"))).isEmpty();
        Path file = Files.writeString(folder.resolve("pass"), "s3cret\n");
        assertThat(check(Map.of("WEB_USER", "ops", "WEB_PASSWORD_FILE", file.toString()))).isEmpty();
        assertThat(check(Map.of("WEB_USER", "", "WEB_PASSWORD", " "))).isEmpty();
    }

    @Test
    void aUserThatNoBrowserCanSendAndAnEmptySecretAreFaults() {
        assertThat(check(Map.of("WEB_USER", "a:b", "WEB_PASSWORD", "s3cret"))).singleElement().asString().contains("colon");
        assertThat(check(Map.of("WEB_USER", "ops", "WEB_PASSWORD_FILE", "/dev/null"))).singleElement().asString()
                .contains("WEB_PASSWORD_FILE", "empty");
    }

    @Test
    void aTypingMistakeIsNoticed() {
        assertThat(Misspelt.in(Map.of("PUBLISH_INTERVALL", "5", "PATH", "/bin"))).containsOnlyKeys("PUBLISH_INTERVALL");
    }

    @Test
    void whatTheFileAsksForIsNoTypingMistake(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"),
                "- !ENV ${KAFKA_BOOTSTRAP_SERVER}\n- !ENV a ${DB_URI:none}");
        assertThat(Misspelt.in(Map.of("KAFKA_BOOTSTRAP_SERVER", "k:9092", "DB_URI_FILE", "/x", "KAFKA_BOOTSTRAP", "y"),
                file.toString())).containsOnlyKeys("KAFKA_BOOTSTRAP");
    }

    @ParameterizedTest
    @MethodSource("all")
    void theReadmeTellsEverySettingWithItsDefault(Setting setting) throws IOException {
        String shown = setting.defaultValue() == null ? "" : "`" + setting.defaultValue() + "`";
        assertThat(Files.readAllLines(Path.of("README.md"))).anySatisfy(line -> {
            assertThat(line).startsWith("| `" + setting.variable() + "` |");
            assertThat(line.split("\\|")[3].strip()).isEqualTo(shown);
        });
    }

    @Test
    void theReadmeTellsNoSettingThatIsNone() throws IOException {
        List<String> known = Settings.all().stream().map(Setting::variable).toList();
        assertThat(Files.readAllLines(Path.of("README.md")))
                .filteredOn(line -> line.matches("\\| `[A-Z_]+` \\| [PSAall ]+ \\|.*"))
                .hasSameSizeAs(known)
                .allSatisfy(line -> assertThat(known).contains(line.split("`")[1]));
    }

    static List<Setting> all() {
        return Settings.all();
    }
}
