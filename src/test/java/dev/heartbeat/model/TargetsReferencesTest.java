package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

class TargetsReferencesTest {
    private static final String SITE = """
            heartbeat:
              http:
                - url: https://portal.internal
                  headers: { Authorization: !ENV "%s" }
            """;
    private final Map<String, String> environment = Map.of("TOKEN", "t0ken");

    private TargetsFile.Read read(String text, UnaryOperator<String> variables) {
        return TargetsFile.read("t.yaml", text.getBytes(StandardCharsets.UTF_8), false, variables);
    }

    @Test
    void aVariableStandsInAHeader() {
        TargetsFile.Read read = read(SITE.formatted("Bearer ${TOKEN}"), environment::get);
        assertThat(read.faults()).isEmpty();
        assertThat(read.targets().specs()).singleElement()
                .satisfies(spec -> assertThat(((WebsiteSpec) spec).headers()).containsEntry("Authorization", "Bearer t0ken"));
    }

    @Test
    void aVariableThatIsNotSetIsAFaultAtItsPlace() {
        assertThat(read(SITE.formatted("${NONE}"), environment::get).faults()).singleElement().extracting(Fault::toString)
                .isEqualTo("t.yaml:4:33: heartbeat.http[0].headers.Authorization: needs the environment variable NONE, which"
                        + " is not set; or give a default: ${NONE:default}");
    }

    @Test
    void whyAVariableCanNotBeSaidIsToldAtItsPlace() {
        assertThat(read(SITE.formatted("${TOKEN}"), name -> {
            throw new IllegalArgumentException("needs one of two");
        }).faults()).singleElement().extracting(Fault::toString).asString()
                .isEqualTo("t.yaml:4:33: heartbeat.http[0].headers.Authorization: needs one of two");
    }

    @Test
    void whatComesFromAVariableIsInNoMessage() {
        String text = "heartbeat: { hosts: [ { host: db, port: !ENV '${TOKEN}', timeout: !ENV '${TOKEN}' } ] }";
        assertThat(read(text, environment::get).faults()).hasSize(2)
                .noneMatch(fault -> fault.toString().contains("t0ken"));
    }

    @Test
    void theSchemaOfAnEditorIsNoTarget() {
        assertThat(read("{ $schema: x, heartbeat: { hosts: [ { host: db, port: 1 } ] } }", environment::get).faults())
                .isEmpty();
    }
}
