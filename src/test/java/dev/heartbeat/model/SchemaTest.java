package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;

/** Is what we say what the schemas in docs/schema promise, and what the others' strict readers take? */
class SchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema PUBLIC = schema(file("heartbeat-1"));
    /** The same, for a reader that knows no key but those that are described. */
    private static final JsonSchema STRICT = schema(closed(file("heartbeat-1")));
    private static final JsonSchema HEALTHCHECK = schema(file("healthcheck"));
    private static final JsonSchema METRICS = schema(file("metrics"));

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static JsonNode file(String name) {
        try {
            return JSON.readTree(Files.readAllBytes(Path.of("docs/schema/" + name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonSchema schema(JsonNode schema) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema,
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(false).build());
    }

    private static JsonNode closed(JsonNode schema) {
        if (schema instanceof ObjectNode object && "object".equals(object.path("type").asText())) {
            object.put("additionalProperties", false);
        }
        schema.forEach(SchemaTest::closed);
        return schema;
    }

    private static Set<String> complaints(JsonSchema schema, byte[] message) {
        try {
            return schema.validate(JSON.readTree(message)).stream().map(String::valueOf).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Heartbeat alone(Observation observation) {
        return new Heartbeat("s", "b", 1, Wire.AT, null, 7, 9, null, null, List.of(observation));
    }

    @Test
    void theSchemaIsOfTheVersionThatWeWrite() {
        assertThat(file("heartbeat-1").at("/properties/version/const").asInt()).isEqualTo(HeartbeatWriter.VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = { "heartbeat-1.json", "heartbeat-2.json", "heartbeat-3.json" })
    void everyGoldenMessageOfOursHasNoKeyThatIsNotDescribed(String golden) {
        assertThat(complaints(STRICT, Wire.golden(golden))).isEmpty();
        assertThat(complaints(PUBLIC, Wire.golden(golden))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "kp-1.json", "kp-2.json", "healthcheck-1.json", "healthcheck-2.json" })
    void theHealthchecksOwnAndOursHaveItsFiveKeys(String golden) {
        assertThat(complaints(HEALTHCHECK, Wire.golden(golden))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "sc-1.json", "sc-2.json", "metrics-1.json", "metrics-2.json" })
    void theMetricsOwnAndOursHaveItsSevenKeys(String golden) {
        assertThat(complaints(METRICS, Wire.golden(golden))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverWeSayIsAsDescribed(long seed) {
        Heartbeat heartbeat = Wire.random(seed);

        assertThat(complaints(STRICT, HeartbeatWriter.write(heartbeat))).isEmpty();
        for (Observation observation : heartbeat.observations()) {
            Heartbeat one = alone(observation);
            assertThat(complaints(STRICT, RecordWriter.write(RecordLayout.HEARTBEAT, one))).isEmpty();
            assertThat(complaints(HEALTHCHECK, RecordWriter.write(RecordLayout.HEALTHCHECK, one))).isEmpty();
            assertThat(complaints(METRICS, RecordWriter.write(RecordLayout.METRICS, one))).isEmpty();
        }
    }

    @Test
    void everyReasonIsAsDescribed() {
        for (Reason reason : Reason.values()) {
            for (Outcome outcome : List.of(Outcome.down(reason, null), Outcome.unknown(reason, "why"))) {
                Observation observation = new Observation(new Target(Kind.WEBSITE, "a"), outcome, Instant.EPOCH);
                assertThat(complaints(STRICT, RecordWriter.write(RecordLayout.HEARTBEAT, alone(observation)))).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            "version":1                | "version":2
            "source":"oslo",           |
            "sequence":42,             |
            "parts":3,                 |
            "kind":"website"           | "kind":"page"
            "outcome":"up"             | "outcome":"ok"
            "outcome":"up"             | "outcome":"down"
            "outcome":"up"             | "outcome":"up","reason":"SLOW"
            "code":200                 | "code":"200"
            "match":true               | "match":null
            "latency":2.500001         | "latency":-1
            """)
    void theSchemaRefusesWhatIsNoHeartbeat(String right, String wrong) {
        String golden = new String(Wire.golden("heartbeat-3.json"), StandardCharsets.UTF_8);
        assertThat(golden).contains(right);

        assertThat(complaints(PUBLIC, Wire.bytes(golden.replace(right, wrong == null ? "" : wrong)))).isNotEmpty();
    }

    @Test
    void anUnknownKeyIsTakenByOurReadersAndByNoneOfTheOthers() {
        byte[] ours = with("heartbeat-3.json");

        assertThat(complaints(PUBLIC, ours)).isEmpty();
        assertThat(complaints(STRICT, ours)).isNotEmpty();
        assertThat(complaints(HEALTHCHECK, with("healthcheck-1.json"))).isNotEmpty();
        assertThat(complaints(METRICS, with("metrics-1.json"))).isNotEmpty();
    }

    private static byte[] with(String golden) {
        return Wire.bytes("{'eighth':1," + new String(Wire.golden(golden), StandardCharsets.UTF_8).substring(1));
    }
}
