package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

class CheckConfigTest {
    private final Console console = new Console();

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @ParameterizedTest
    @CsvSource({ "targets.yaml, 5 targets", "all-keys.yaml, 10 targets", "publisher_config.json, 9 targets",
            "hosts.txt, 2 targets",
            "healthcheck.yaml, 2 targets", "healthcheck.yaml, sites into healthcheck-replica" })
    void everyExampleIsKnownByWhatStandsInIt(String example, String words) throws IOException {
        String renamed = file("file", Files.readString(Path.of("config", example)));
        assertThat(console.run("check-config", renamed)).as(console.told()).isZero();
        assertThat(console.out()).contains(words, "no fault");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "example.org five | frequency", "https://example.org | frequency",
            "localhost:8080 5x | frequency", "healthcheck-consumer-config: {} | topics",
            "healthcheck-producer-config: [ | file:1:",
            "heartbeat: { hots: [] } | did you mean hosts", "hello | must be a mapping", "{} | heartbeat" })
    void whatIsWrongIsToldInTheTermsOfThatFile(String text, String words) throws IOException {
        assertThat(console.run("check-config", file("file", text))).isEqualTo(1);
        assertThat(console.err()).contains(words);
        assertThat(console.out()).isEmpty();
    }

    @Test
    void theOtherRolesSectionMayBeLeftAloneByNamingTheMode() throws IOException {
        String text = Files.readString(Path.of("config/healthcheck.yaml")).replace("table_name:", "tabel_name:");
        assertThat(console.run("check-config", file("file", text))).isEqualTo(1);
        assertThat(console.with("HEARTBEAT_MODE", "publisher").run("check-config", file("file", text))).isZero();
    }

    @Test
    void whatRoutesFileNamesIsReadWhereTopicsAreHeard() throws IOException {
        console.with("HEARTBEAT_MODE", "subscriber").with("HEARTBEAT_STORE", "memory,postgresql")
                .with("HEARTBEAT_TRANSPORT", "kafka").with("ROUTES_FILE", file("routes", "healthcheck-consumer-config: {}"));
        assertThat(console.run("check-config")).isEqualTo(1);
        assertThat(console.err()).contains("routes:1:", "topics");
        console.with("ROUTES_FILE", Path.of("config/healthcheck.yaml"));
        assertThat(console.run("check-config")).as(console.err()).isZero();
        assertThat(console.out()).contains("subscriber over kafka (sites into healthcheck, sites into healthcheck-replica)");
    }

    @Test
    void faultsOfTheEnvironmentAreToldBesideThoseOfTheFile() throws IOException {
        console.with("PUBLISH_INTERVAL", "soon").with("KAFKA_TOPC", "x");
        assertThat(console.run("check-config", file("t.yaml", "heartbeat: { hosts: [ { host: a, port: 0 } ] }"))).isEqualTo(1);
        assertThat(console.err()).contains("PUBLISH_INTERVAL=soon", "t.yaml:1:");
    }

    @Test
    void aTypingMistakeIsAWarningAndNoFault() {
        console.with("PUBLISH_INTERVALL", "5");
        assertThat(console.run("check-config", "config/targets.yaml")).isZero();
        assertThat(console.err()).contains("warning: PUBLISH_INTERVALL");
    }

    @Test
    void aSubscriberMayCheckThePublishersFile() {
        assertThat(console.with("HEARTBEAT_MODE", "subscriber").run("check-config", "config/targets.yaml")).isZero();
        assertThat(console.out()).contains("5 targets, no fault", "publisher over rabbitmq");
    }

    @Test
    void phsFileIsReadAsItIsWhereItsVariableNamesIt() throws IOException {
        String ph = file("publisher_config.json",
                "{\"heartbeat\": {\"hosts\": [{\"host\": \"a\", \"port\": \"1\", \"note\": \"x\"}]}}");
        assertThat(console.run("check-config", ph)).isEqualTo(1);
        assertThat(console.with("PUBLISHER_CONFIG_PATH", ph).run("check-config", ph)).isZero();
        assertThat(console.err()).contains("warning: ", "note");
    }

    @Test
    void jsonHasFaultsAndWarnings() throws IOException {
        console.with("PUBLISH_INTERVAL", "soon").with("PUBLISH_INTERVALL", "5");
        assertThat(console.run("check-config", "--json")).isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(console.out());
        assertThat(json.get("ok").asBoolean()).isFalse();
        assertThat(json.get("faults").get(0).asText()).contains("PUBLISH_INTERVAL=soon");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void aFileForTwoRolesIsNotTriedBeforeOneIsNamed() {
        assertThat(console.run("check-config", "--connect", "config/healthcheck.yaml")).isEqualTo(2);
        assertThat(console.err()).contains("HEARTBEAT_MODE (publisher or subscriber)");
    }

    @Test
    void nothingIsTriedWhileSomethingIsWrong() {
        assertThat(console.with("RABBITMQ_PORT", "x").run("check-config", "--connect")).isEqualTo(1);
        assertThat(console.out()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsAFault() {
        assertThat(console.run("check-config", "/nowhere/x.yaml")).isEqualTo(1);
        assertThat(console.err()).contains("/nowhere/x.yaml", "no such file");
    }
}
