package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Do the alert rules and the dashboard ask for metrics that there are? */
class MetricsFilesTest {
    private static final Pattern NAME = Pattern.compile("\\bheartbeat_\\w+");
    private static final Path RULES = Path.of("config/prometheus-rules.yaml");
    private static final Path DASHBOARD = Path.of("config/grafana-dashboard.json");

    @ParameterizedTest
    @ValueSource(strings = { "config/prometheus-rules.yaml", "config/prometheus-rules-test.yaml",
            "config/grafana-dashboard.json" })
    void everyMetricThatIsAskedForIsInTheTable(String file) throws IOException {
        Set<String> asked = new TreeSet<>();
        NAME.matcher(Files.readString(Path.of(file))).results().forEach(found -> asked.add(found.group()));
        assertThat(asked).hasSizeGreaterThan(5);
        assertThat(MetricsTable.read().names()).containsAll(asked);
    }

    @Test
    void everyRuleSaysWhatIsWrongAndHowBadItIs() throws IOException {
        JsonNode rules = new YAMLMapper().readTree(RULES.toFile()).path("groups").path(0).path("rules");
        assertThat(rules).hasSizeGreaterThan(10).allSatisfy(rule -> {
            assertThat(rule.path("alert").asText()).startsWith("Heartbeat");
            assertThat(rule.path("expr").asText()).isNotBlank();
            assertThat(rule.path("labels").path("severity").asText()).isIn("critical", "warning");
            assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
            assertThat(rule.path("annotations").path("description").asText()).isNotBlank();
        });
    }

    @Test
    void everyPanelHasAQueryATitleAndAPlaceOfItsOwn() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        assertThat(dashboard.path("uid").asText()).isEqualTo("heartbeat");
        Set<String> places = new TreeSet<>();
        dashboard.path("panels").forEach(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            JsonNode at = panel.path("gridPos");
            assertThat(places.add(at.path("x") + "/" + at.path("y"))).as("nothing else at %s", at).isTrue();
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("targets")).isNotEmpty()
                        .allSatisfy(target -> assertThat(target.path("expr").asText()).contains("heartbeat_"));
            }
        });
        assertThat(places).hasSizeGreaterThan(10);
    }

    /** Prometheus' own tool, where it is installed: {@code apt-get install prometheus}. */
    @Test
    void prometheusTakesTheRulesAndTheyFireWhenTheyShould() throws Exception {
        for (List<String> command : List.of(List.of("promtool", "check", "rules", RULES.toString()),
                List.of("promtool", "test", "rules", "config/prometheus-rules-test.yaml"))) {
            Assumptions.assumeTrue(isInstalled("promtool"), "promtool is not installed (apt-get install prometheus)");
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
