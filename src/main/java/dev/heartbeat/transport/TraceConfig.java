package dev.heartbeat.transport;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who collects traces, and which of them? The variables are OpenTelemetry's. */
@ConfigMapping(prefix = "otel")
public interface TraceConfig {
    /** Nobody collects them, whatever else is said. */
    @WithDefault("false")
    boolean sdkDisabled();

    /** The collector; nobody collects them when absent. */
    Optional<String> exporterOtlpEndpoint();

    /** grpc or http/protobuf; when absent the port tells. */
    Optional<String> exporterOtlpProtocol();

    /** What the collector wants to see: name=value, several with commas, values percent-encoded. */
    Optional<String> exporterOtlpHeaders();

    /** Whose certificates to trust; the system's when absent. */
    Optional<String> exporterOtlpCertificate();

    /** Under which name the collector knows us. */
    @WithDefault("heartbeat")
    String serviceName();

    /** What else is said of us: name=value, several with commas. */
    Optional<String> resourceAttributes();

    /** Which traces are told. */
    @WithDefault("parentbased_always_on")
    String tracesSampler();

    /** The share of them, from 0 to 1, where the sampler goes by a share. */
    @WithDefault("1.0")
    double tracesSamplerArg();
}
