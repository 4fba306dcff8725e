package dev.heartbeat.publish;

import java.time.Duration;

import org.eclipse.microprofile.config.spi.Converter;

import dev.heartbeat.model.Durations;

/** Which duration does a setting name? PH's seconds, fractions, or a number with its unit. */
public final class IntervalConverter implements Converter<Duration> {
    private static final long serialVersionUID = 1L;

    @Override
    public Duration convert(String value) {
        return Durations.parse(value);
    }
}
