package dev.heartbeat.transport;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.quarkus.arc.Unremovable;
import io.quarkus.opentelemetry.runtime.AutoConfiguredOpenTelemetrySdkBuilderCustomizer;

/** What of OpenTelemetry's own wiring is otherwise here? Which traces are told, and what is said when nobody takes them. */
@Singleton
@Unremovable
class TraceWiring implements AutoConfiguredOpenTelemetrySdkBuilderCustomizer {
    private final TraceConfig config;

    TraceWiring(TraceConfig config) {
        this.config = config;
    }

    @Override
    public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addPropertiesCustomizer(properties -> TraceExport.ours());
        builder.addSpanExporterCustomizer(
                (exporter, properties) -> new TraceExport(exporter, config.exporterOtlpEndpoint().orElse("the collector")));
    }

    /** Quarkus fixes it when the program is built. */
    @Produces
    @Singleton
    Sampler sampler() {
        return TraceSampling.of(config.tracesSampler()).sampler(config.tracesSamplerArg());
    }
}
