package dev.heartbeat.transport;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/**
 * Who collects traces, and which of them? The names are OpenTelemetry's; what else it has under "otel" is not ours to refuse.
 */
public interface TraceConfig {
    /** To whom? */
    @ConfigMapping(prefix = "otel.exporter.otlp")
    interface Export {
        /** The collector; nobody collects them when absent. */
        Optional<String> endpoint();

        /** grpc or http/protobuf; when absent the port tells. */
        Optional<String> protocol();

        /** What the collector wants to see: name=value, several with commas, values percent-encoded. */
        Optional<String> headers();

        /** Whose certificates to trust; the system's when absent. */
        Optional<String> certificate();
    }

    /** In whose name? */
    @ConfigMapping(prefix = "otel.service")
    interface Service {
        @WithDefault("heartbeat")
        String name();
    }

    /** What else is said of us? */
    @ConfigMapping(prefix = "otel.resource")
    interface Resource {
        /** name=value, several with commas. */
        Optional<String> attributes();
    }

    /** Which of them? */
    @ConfigMapping(prefix = "otel.traces")
    interface Sampling {
        @WithDefault("parentbased_always_on")
        String sampler();

        /** The share of them, from 0 to 1, where the sampler goes by a share. */
        @WithName("sampler.arg")
        @WithDefault("1.0")
        double share();
    }

    /** Are there any at all? */
    @ConfigMapping(prefix = "otel.sdk")
    interface Sdk {
        /** None, whatever else is said. */
        @WithDefault("false")
        boolean disabled();
    }
}
