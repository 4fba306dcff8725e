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
    private final TraceConfig.Export export;
    private final TraceConfig.Sampling sampling;

    TraceWiring(TraceConfig.Export export, TraceConfig.Sampling sampling) {
        this.export = export;
        this.sampling = sampling;
    }

    @Override
    public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addPropertiesCustomizer(properties -> TraceExport.ours());
        builder.addSpanExporterCustomizer(
                (exporter, properties) -> new TraceExport(exporter, export.endpoint().orElse("the collector")));
    }

    /** Quarkus fixes it when the program is built. */
    @Produces
    @Singleton
    Sampler sampler() {
        return TraceSampling.of(sampling.sampler()).sampler(sampling.share());
    }
}
