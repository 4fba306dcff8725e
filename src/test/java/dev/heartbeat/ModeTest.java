package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModeTest {
    @Test
    void nothingSetIsStandalone() {
        assertThat(Mode.of(Map.of())).isEqualTo(Mode.STANDALONE);
    }

    @Test
    void aBrokerWithoutModeIsPhsPublisher() {
        assertThat(Mode.of(Map.of("RABBITMQ_HOST", "mq"))).isEqualTo(Mode.PUBLISHER);
    }

    @Test
    void blankVariablesCountAsUnset() {
        assertThat(Mode.of(Map.of("HEARTBEAT_MODE", " ", "RABBITMQ_CA_CERT_PATH", ""))).isEqualTo(Mode.STANDALONE);
    }

    @ParameterizedTest
    @ValueSource(strings = { "subscriber", "SUBSCRIBER", " Subscriber " })
    void caseDoesNotMatter(String word) {
        assertThat(Mode.of(Map.of("HEARTBEAT_MODE", word))).isEqualTo(Mode.SUBSCRIBER);
    }

    @Test
    void anotherWordIsRefusedNamingTheThree() {
        assertThatThrownBy(() -> Mode.of(Map.of("HEARTBEAT_MODE", "consumer"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HEARTBEAT_MODE=consumer").hasMessageContaining("publisher, subscriber or standalone");
    }
}
