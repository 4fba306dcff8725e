package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.heartbeat.services.Program;

/** Can a program read what this one logs, line by line? */
@SuppressWarnings("try")
class LogFormatIT {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** Not said by the program: its output is closed when it is told to end. */
    private static final String CUT = "(the log ended";
    @TempDir
    Path folder;

    @Test
    void everyLineIsAnObjectHoweverMuchIsSaid() {
        try (Program program = Program.start(folder,
                Map.of("LOG_FORMAT", "json", "QUARKUS_LOG_LEVEL", "DEBUG", "KAFKA_TOPICS", "slip"))) {
            program.untilHealth("host", "down-on-purpose", "DOWN");
            assertThat(program.stop()).isZero();
            List<JsonNode> lines = program.log().stream().filter(line -> !line.startsWith(CUT)).map(LogFormatIT::json)
                    .toList();
            assertThat(lines).hasSizeGreaterThan(50).allSatisfy(line -> {
                assertThat(line.isObject()).isTrue();
                assertThat(line.fieldNames()).toIterable().contains("timestamp", "level", "loggerName", "message",
                        "threadName", "hostName", "mode").doesNotContain("mdc", "ndc", "sequence");
            });
            assertThat(lines).anySatisfy(line -> assertThat(line.path("message").asText()).contains("standalone runs"));
            assertThat(lines).anySatisfy(line -> {
                assertThat(line.path("level").asText()).isEqualTo("WARN");
                assertThat(line.path("message").asText()).startsWith("KAFKA_TOPICS is no setting");
                assertThat(line.path("mode").asText()).isEqualTo("standalone");
            });
        }
    }

    @Test
    void aStackIsOneLineToo() {
        try (Program program = Program.start(folder, Map.of("LOG_FORMAT", "json", "QUARKUS_HTTP_HOST", "no.host.invalid"))) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.log()).isNotEmpty().map(LogFormatIT::json)
                    .anySatisfy(line -> assertThat(line.path("stackTrace").asText()).contains("\n\tat "));
        }
    }

    @Test
    void whatIsWrongBeforeTheStartIsToldInTheSameForm() {
        try (Program program = Program.start(folder,
                Map.of("LOG_FORMAT", "JSON", "REDIS_PORT", "\"x\"", "TARGETS_FILE", "/nowhere"))) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.log()).hasSize(2).map(LogFormatIT::json).allSatisfy(line -> {
                assertThat(line.path("level").asText()).isEqualTo("ERROR");
                assertThat(line.path("message").asText()).containsAnyOf("REDIS_PORT=\"x\": ", "/nowhere: can not be read");
            });
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }
}
