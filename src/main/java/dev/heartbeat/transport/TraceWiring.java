package dev.heartbeat.transport;

import java.util.Map;

import jakarta.annotation.PreDestroy;
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
    /**
     * What stands for other programs in many an environment must not reach this one; Quarkus' own exporter needs none of it.
     */
    private static final Map<String, String> OURS = Map.of("otel.traces.exporter", "none", "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none", "otel.propagators", "tracecontext");
    private final TraceConfig.Export export;
    private final TraceConfig.Sampling sampling;
    private TraceComplaints complaints;

    TraceWiring(TraceConfig.Export export, TraceConfig.Sampling sampling) {
        this.export = export;
        this.sampling = sampling;
    }

    /** Called where traces are told, and nowhere else. */
    @Override
    public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addPropertiesCustomizer(properties -> OURS);
        complaints = new TraceComplaints(export.endpoint().orElse("the collector")).listen();
    }

    /** Quarkus fixes it when the program is built. */
    @Produces
    @Singleton
    Sampler sampler() {
        return TraceSampling.of(sampling.sampler()).sampler(sampling.share());
    }

    @PreDestroy
    void end() {
        if (complaints != null) {
            complaints.close();
        }
    }
}
