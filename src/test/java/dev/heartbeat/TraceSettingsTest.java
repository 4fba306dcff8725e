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

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class TraceSettingsTest {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String URL = "http://collector:4317";

    private static SmallRyeConfig told(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        TraceSettings.alone(properties::put);
        TraceSettings.tell(environment, Mode.PUBLISHER, properties::put);
        return new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "test", 100)).build();
    }

    private static String told(Map<String, String> environment, String name) {
        return told(environment).getOptionalValue("quarkus.otel." + name, String.class).orElse(null);
    }

    @ParameterizedTest
    @CsvSource({ "OTEL_EXPORTER_OTLP_ENDPOINT, collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT, ftp://collector",
            "OTEL_EXPORTER_OTLP_ENDPOINT, http://u:p@collector", "OTEL_EXPORTER_OTLP_PROTOCOL, http/json",
            "OTEL_EXPORTER_OTLP_HEADERS, s3cret", "OTEL_EXPORTER_OTLP_HEADERS, a=b%0As3cret", "OTEL_TRACES_SAMPLER, some",
            "OTEL_TRACES_SAMPLER_ARG, 2", "OTEL_TRACES_SAMPLER_ARG, all", "OTEL_RESOURCE_ATTRIBUTES, a",
            "OTEL_SDK_DISABLED, x" })
    void whatIsImpossibleIsOneFaultThatTellsNoSecret(String variable, String value) {
        assertThat(Settings.check(Map.of(variable, value), (property, any) -> {
        })).singleElement().asString().startsWith(variable + "=").doesNotContain("s3cret");
    }

    @Test
    void aCertificateThatIsNoneIsAFaultWhereItIsUsed() {
        Map<String, String> certificate = Map.of("OTEL_EXPORTER_OTLP_CERTIFICATE", "/nowhere", ENDPOINT, "https://c:4317");
        assertThat(Settings.check(certificate, (property, any) -> {
        })).singleElement().asString().startsWith("OTEL_EXPORTER_OTLP_CERTIFICATE=/nowhere: ");
    }

    @ParameterizedTest
    @CsvSource({ "'', ''", "' ', ''", "http://collector:4317, true", "http://collector:4317, on" })
    void withoutACollectorNothingIsSwitchedOn(String endpoint, String disabled) {
        Map<String, String> environment = Map.of(ENDPOINT, endpoint, "OTEL_SDK_DISABLED", disabled);
        assertThat(told(environment, "sdk.disabled")).isNull();
        assertThat(told(environment).getOptionalValue("otel.sdk.disabled", String.class)).contains("true");
    }

    @ParameterizedTest
    @CsvSource({ "http://collector:4317, '', grpc", "http://collector:4318, '', http/protobuf",
            "http://collector:4318, grpc, grpc",
            "https://collector, '', grpc" })
    void thePortTellsTheProtocolWhereNobodyDoes(String endpoint, String protocol, String expected) {
        Map<String, String> environment = Map.of(ENDPOINT, endpoint, "OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
        assertThat(told(environment, "sdk.disabled")).isEqualTo("false");
        assertThat(told(environment, "exporter.otlp.endpoint")).isEqualTo(endpoint);
        assertThat(told(environment, "exporter.otlp.protocol")).isEqualTo(expected);
        assertThat(told(environment, "service.name")).isEqualTo("heartbeat");
    }

    @Test
    void headersAreDecodedAndReachTheExporterAsTheyAre(@TempDir Path folder) throws IOException {
        String headers = "Authorization=Basic%20a+b%2Cc, x-key = ${HOME}$$\\,";
        List<String> expected = List.of("Authorization=Basic a+b,c", "x-key=${HOME}$$\\");
        assertThat(headers(Map.of(ENDPOINT, URL, "OTEL_EXPORTER_OTLP_HEADERS", headers))).isEqualTo(expected);
        Path file = Files.writeString(folder.resolve("headers"), headers + "\n");
        assertThat(headers(Map.of(ENDPOINT, URL, "OTEL_EXPORTER_OTLP_HEADERS_FILE", file.toString()))).isEqualTo(expected);
    }

    private static List<String> headers(Map<String, String> environment) {
        return told(environment).getValues("quarkus.otel.exporter.otlp.headers", String.class);
    }
}
