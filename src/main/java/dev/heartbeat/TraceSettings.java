package dev.heartbeat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.heartbeat.transport.TraceSampling;
import dev.heartbeat.transport.Trust;

/** To which collector do traces go, if to any? OpenTelemetry's own variables, checked, and passed on to Quarkus. ADR 0018. */
final class TraceSettings {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
    private static final String CERTIFICATE = "OTEL_EXPORTER_OTLP_CERTIFICATE";
    private static final String ATTRIBUTES = "OTEL_RESOURCE_ATTRIBUTES";
    private static final String DISABLED = "OTEL_SDK_DISABLED";
    private static final String GRPC = "grpc";
    private static final String HTTP = "http/protobuf";
    /** Where collectors listen for HTTP, when nobody told them otherwise. */
    private static final int HTTP_PORT = 4318;
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E]*");
    /** What a value must say beyond its type. */
    static final Map<String, Consumer<String>> SYNTAX = Map.of(ENDPOINT, TraceSettings::uri, PROTOCOL, TraceSettings::protocol,
            HEADERS, TraceSettings::pairs, ATTRIBUTES, TraceSettings::pairs, "OTEL_TRACES_SAMPLER", TraceSettings::sampler,
            "OTEL_TRACES_SAMPLER_ARG", TraceSettings::share);

    private TraceSettings() {
    }

    /** Adds what is wrong beyond single values. */
    static void check(Map<String, String> environment, List<String> faults) {
        String path = Settings.value(CERTIFICATE, environment);
        String words = path == null || !isOn(environment) ? null : Trust.certificateFault(path);
        if (words != null) {
            faults.add(CERTIFICATE + "=" + path + ": " + words + "; give the path of a PEM file");
        }
    }

    private static boolean isOn(Map<String, String> environment) {
        String disabled = String.valueOf(Settings.value(DISABLED, environment)).toLowerCase(Locale.ROOT);
        return Settings.value(ENDPOINT, environment) != null && !disabled.equals("true") && !disabled.equals("on");
    }

    /** What stands in many an environment for other programs must not reach this one, whether it traces or not. */
    static void alone(BiConsumer<String, String> properties) {
        properties.accept("otel.propagators", "tracecontext");
        properties.accept("otel.sdk.disabled", "true");
    }

    /** Switches it on where somebody collects; what is set is right by now. */
    static void tell(Map<String, String> environment, Mode mode, BiConsumer<String, String> properties) {
        if (!isOn(environment)) {
            return;
        }
        BiConsumer<String, String> quarkus = (name, value) -> properties.accept("quarkus.otel." + name, value);
        URI collector = uri(Settings.value(ENDPOINT, environment));
        String protocol = Settings.value(PROTOCOL, environment);
        properties.accept("otel.sdk.disabled", "false");
        quarkus.accept("sdk.disabled", "false");
        quarkus.accept("exporter.otlp.endpoint", collector.toString());
        quarkus.accept("exporter.otlp.protocol",
                protocol != null ? protocol : collector.getPort() == HTTP_PORT ? HTTP : GRPC);
        quarkus.accept("service.name", Settings.literal(Settings.value("OTEL_SERVICE_NAME", environment)));
        Map<String, String> attributes = new LinkedHashMap<>(Map.of("heartbeat.mode", mode.word()));
        attributes.putAll(pairs(String.valueOf(environment.getOrDefault(ATTRIBUTES, ""))));
        quarkus.accept("resource.attributes", list(attributes));
        Map<String, String> headers = pairs(Settings.secret(HEADERS, environment));
        if (!headers.isEmpty()) {
            quarkus.accept("exporter.otlp.headers", list(headers));
        }
        if (Settings.value(CERTIFICATE, environment) != null) {
            quarkus.accept("exporter.otlp.trust-cert.certs", Settings.value(CERTIFICATE, environment));
        }
    }

    private static URI uri(String text) {
        try {
            URI uri = URI.create(text.strip());
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null
                    && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException("is no address of a collector; give one such as http://collector:4317");
    }

    private static void protocol(String word) {
        if (!List.of(GRPC, HTTP).contains(word)) {
            throw new IllegalArgumentException("is none of " + GRPC + ", " + HTTP);
        }
    }

    private static void sampler(String word) {
        try {
            TraceSampling.of(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is none of " + List.of(TraceSampling.values()).stream()
                    .map(sampling -> sampling.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", ")), e);
        }
    }

    private static void share(String text) {
        if (!text.matches("0(\\.\\d+)?|1(\\.0+)?")) {
            throw new IllegalArgumentException("is no share; give a number from 0 to 1");
        }
    }

    /** Names and values of a list such as {@code a=b,c=d%20e}. */
    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split(",")) {
            String[] parts = pair.strip().split("=", 2);
            if (!pair.isBlank()) {
                String value = parts.length < 2 ? null : decoded(parts[1].strip());
                if (value == null || !NAME.matcher(parts[0].strip()).matches() || !VALUE.matcher(value).matches()) {
                    throw new IllegalArgumentException("is no list of name=value with commas between, values percent-encoded");
                }
                pairs.put(parts[0].strip(), value);
            }
        }
        return pairs;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** As Quarkus reads a list. */
    private static String list(Map<String, String> pairs) {
        return pairs.entrySet().stream().map(pair -> pair.getKey() + "=" + pair.getValue())
                .map(pair -> Settings.literal(pair.replace("\\", "\\\\").replace(",", "\\,")))
                .collect(Collectors.joining(","));
    }
}
