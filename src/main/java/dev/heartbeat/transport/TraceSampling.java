package dev.heartbeat.transport;

import java.util.Locale;

import io.opentelemetry.sdk.trace.samplers.Sampler;

/** Which traces are told to the collector? The names are those of OpenTelemetry's specification. */
public enum TraceSampling {
    ALWAYS_ON,
    ALWAYS_OFF,
    TRACEIDRATIO,
    PARENTBASED_ALWAYS_ON,
    PARENTBASED_ALWAYS_OFF,
    PARENTBASED_TRACEIDRATIO;

    /** @throws IllegalArgumentException when there is none of that name */
    public static TraceSampling of(String name) {
        return valueOf(name.strip().toUpperCase(Locale.ROOT));
    }

    Sampler sampler(double share) {
        return switch (this) {
            case ALWAYS_ON -> Sampler.alwaysOn();
            case ALWAYS_OFF -> Sampler.alwaysOff();
            case TRACEIDRATIO -> Sampler.traceIdRatioBased(share);
            case PARENTBASED_ALWAYS_ON -> Sampler.parentBased(Sampler.alwaysOn());
            case PARENTBASED_ALWAYS_OFF -> Sampler.parentBased(Sampler.alwaysOff());
            case PARENTBASED_TRACEIDRATIO -> Sampler.parentBased(Sampler.traceIdRatioBased(share));
        };
    }
}
