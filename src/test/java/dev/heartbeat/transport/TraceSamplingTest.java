package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceSamplingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "always_on | AlwaysOnSampler", "always_off | AlwaysOffSampler",
            "traceidratio | TraceIdRatioBased{0.25", "ParentBased_Always_On | ParentBased{root:AlwaysOnSampler",
            "parentbased_always_off | ParentBased{root:AlwaysOffSampler",
            " parentbased_traceidratio  | ParentBased{root:TraceIdRatioBased{0.25" })
    void theNamesMeanWhatTheSpecificationSays(String name, String description) {
        assertThat(TraceSampling.of(name).sampler(0.25).getDescription()).startsWith(description);
    }

    @Test
    void anotherNameIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> TraceSampling.of("jaeger_remote"));
    }
}
