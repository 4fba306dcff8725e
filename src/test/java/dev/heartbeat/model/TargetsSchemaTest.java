package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

/** Does an editor that goes by docs/schema/targets.json say the same of a targets file as our reader? */
class TargetsSchemaTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonNode DOCUMENT = yaml(file("docs/schema/targets.json"));
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(DOCUMENT);
    private static final Pattern KNOWN = Pattern.compile("known are ([^)]*)\\)?$");
    private static final String STRANGER = "qqqqqqqqqqqq";

    /** Every mapping that the schema describes with its keys, by where it stands: {@code heartbeat.hosts[]}. */
    static Map<String, Set<String>> mappings() {
        Map<String, Set<String>> mappings = new LinkedHashMap<>();
        walk(DOCUMENT, "", mappings);
        return mappings;
    }

    private static void walk(JsonNode described, String at, Map<String, Set<String>> mappings) {
        JsonNode schema = resolved(described);
        if (schema.has("properties")) {
            Set<String> keys = new TreeSet<>();
            schema.path("properties").properties().forEach(property -> {
                keys.add(property.getKey());
                walk(property.getValue(), at.isEmpty() ? property.getKey() : at + "." + property.getKey(), mappings);
            });
            mappings.put(at, keys);
        } else if (schema.has("items")) {
            walk(schema.path("items"), at + "[]", mappings);
        }
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? DOCUMENT.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    static Set<String> places() {
        return mappings().keySet();
    }

    /** A key that we don't know is refused with all that we know at that place, so nothing can be forgotten in either. */
    @ParameterizedTest
    @MethodSource("places")
    void describesExactlyTheKeysThatTheReaderKnows(String place) {
        String document = "{\"" + STRANGER + "\": 1}";
        String[] steps = place.isEmpty() ? new String[0] : place.split("\\.");
        for (int i = steps.length - 1; i >= 0; i--) {
            String inner = steps[i].endsWith("[]") ? "[" + document + "]" : document;
            document = "{\"" + steps[i].replace("[]", "") + "\": " + inner + "}";
        }
        List<Fault> faults = TargetsFile.read("t.json", document, false).faults();
        String message = faults.stream().filter(fault -> fault.key().endsWith(STRANGER)).findFirst().orElseThrow().message();
        Matcher known = KNOWN.matcher(message);
        assertThat(known.find()).as(message).isTrue();
        assertThat(known.group(1).split(", ")).containsExactlyInAnyOrderElementsOf(mappings().get(place));
    }

    @Test
    void everyKeyIsExplainedAndShownInTheExampleOfAllKeys() throws IOException {
        JsonNode example = yaml(file("config/all-keys.yaml"));
        mappings().forEach((place, keys) -> {
            for (String key : keys) {
                if (!key.equals("$schema")) {
                    assertThat(values(example, place).anyMatch(mapping -> mapping.has(key))).as(place + "." + key).isTrue();
                }
            }
        });
        DOCUMENT.findParents("properties")
                .forEach(object -> object.path("properties").properties()
                        .forEach(property -> assertThat(property.getValue().path("description").asText())
                                .as(property.getKey()).isNotBlank()));
    }

    private static Stream<JsonNode> values(JsonNode root, String place) {
        Stream<JsonNode> values = Stream.of(root);
        for (String step : place.isEmpty() ? new String[0] : place.split("\\.")) {
            values = values.map(value -> value.path(step.replace("[]", "")));
            values = step.endsWith("[]") ? values.flatMap(TargetsSchemaTest::items) : values;
        }
        return values;
    }

    private static Stream<JsonNode> items(JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        return items.stream();
    }

    @ParameterizedTest
    @ValueSource(strings = { "config/all-keys.yaml", "config/targets.yaml", "config/publisher_config.json",
            "src/main/resources/example-targets.yaml", "src/test/resources/ph/publisher_config.json",
            "src/test/resources/ph/reference_config.json", "src/test/resources/consumers/publisher_config.json",
            "src/test/resources/consumers/reference_config.json" })
    void everyFileThatWeTakeIsTaken(String name) {
        assertThat(SCHEMA.validate(yaml(file(name).replace("${port}", "8080")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "[]", "heartbeat: []", "heartbeat: { hosts: {} }", "heartbeat: { host: [] }",
            "heartbeat: { hosts: [ db ] }", "heartbeat: { hosts: [ { host: db } ] }",
            "heartbeat: { hosts: [ { host: db, port: 1, prot: 2 } ] }", "heartbeat: { hosts: [ { host: db, port: [1] } ] }",
            "heartbeat: { http: [ { name: a } ] }", "heartbeat: { http: [ { url: 'http://a', expect: 200 } ] }",
            "heartbeat: { http: [ { url: 'http://a', expect: { status: [] } } ] }",
            "heartbeat: { http: [ { url: 'http://a', headers: { 'a b': c } } ] }",
            "heartbeat: { http: [ { url: 'https://a', tls: { key: k } } ] }",
            "heartbeat: { rmq_consumers: [ { queue: q } ] }",
            "heartbeat: { rmq_consumers: [ { queue: q, listeners: [ { name: a } ] } ] }",
            "heartbeat: { defaults: { timeout: { s: 5 } }, hosts: [ { host: db, port: 1 } ] }" })
    void whatIsBuiltWronglyIsRefusedByBoth(String text) {
        assertThat(TargetsFile.read("t.yaml", text, false).faults()).isNotEmpty();
        assertThat(SCHEMA.validate(yaml(text))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "interval | 0", "interval | 0.5", "interval | 500ms", "interval | 2 m",
            "interval | PT30S",
            "interval | P1D", "interval | .5s", "interval | 31d?", "interval | -1", "interval | 5 parsecs", "interval | true",
            "interval | 1e3?", "timeout | 0", "timeout | 5s", "timeout | 3601", "timeout | ~", "retries | 0", "retries | 10",
            "retries | 11", "retries | \"3\"", "retries | -1", "retries | many", "port | 0", "port | 65535", "port | 65536",
            "port | \"5432\"", "port | x", "host | db.internal", "host | 10.0.0.1", "host | \"[2001:db8::7]\"",
            "host | \"::1\"",
            "host | \"http://db\"", "host | \"db:5432\"", "host | \"[db]\"", "name | 7", "name | \" \"", "name | ~" })
    void aValueOfAHostIsRightForBothOrForNeither(String key, String value) {
        agree("hosts", "host: db, port: 5432", key, value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "url | http://a", "url | HTTPS://a/b", "url | ftp://a", "url | a", "method | get",
            "method | \"G T\"", "redirects | 3", "redirects | false", "redirects | 51", "redirects | some", "topic | a.b-c_d",
            "topic | \"a b\"", "topic | ..", "headers | { a: b }", "headers | { a: [ b ] }", "headers | [ a ]",
            "expect | { status: 200 }", "expect | { status: [ 200-299, 304 ] }", "expect | { status: 99 }",
            "expect | { status: x }", "expect | { certificate_days: 14 }", "expect | { certificate_days: -1 }",
            "expect | { latency: 0 }", "expect | { latency: 2s }", "tls | { verify: false }", "tls | { verify: maybe }",
            "tls | { certificate: c, key: k }", "tls | { certificate: c }", "expect | ~" })
    void aValueOfAWebsiteIsRightForBothOrForNeither(String key, String value) {
        agree("http", "url: 'https://a'", key, value);
    }

    private static void agree(String section, String entry, String key, String value) {
        boolean looser = value.endsWith("?");
        String bare = looser ? value.substring(0, value.length() - 1) : value;
        String others = entry.replaceAll(key + ": [^,]*(, )?", "");
        String text = "heartbeat: { %s: [ { %s%s%s: %s } ] }"
                .formatted(section, others, others.isBlank() ? "" : ", ", key, bare)
                .replace(", , ", ", ");
        boolean read = TargetsFile.read("t.yaml", text, false).faults().isEmpty();
        boolean valid = SCHEMA.validate(yaml(text)).isEmpty();
        assertThat(valid).as(text).isEqualTo(looser || read);
    }

    private static String file(String name) {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
