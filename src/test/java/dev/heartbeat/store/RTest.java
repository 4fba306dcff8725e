package dev.heartbeat.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reader as it stands proves something only when it decides as the real one does, mistakes included. */
class RTest {
    private static final Map<String, Set<R.Answer>> WORDS = Map.of(
            "ok", EnumSet.of(R.Answer.ALL_OK),
            "services", EnumSet.of(R.Answer.MISSING_SERVICES),
            "queues", EnumSet.of(R.Answer.MISSING_QUEUES),
            "both", EnumSet.of(R.Answer.MISSING_SERVICES_AND_QUEUES),
            "chance", EnumSet.of(R.Answer.ALL_OK, R.Answer.MISSING_SERVICES));

    @ParameterizedTest
    @CsvSource({
            "'', ok",
            "service:a:ok=12:00, ok",
            "service:a:not_ok=12:00, services",
            "service:a:ok=12:10 service:a:not_ok=12:00, ok",
            "service:a:ok=12:09 service:a:not_ok=12:00, chance",
            "service:a:ok=12:00 service:a:not_ok=13:00, chance",
            "service:a:ok=12:00 service:a:not_ok=12:01, chance",
            "service:a:ok=12:00 service:a:not_ok=12:00, chance",
            "service:a:ok=12:00 queue:q:not_ok=12:00, queues",
            "service:a:not_ok=12:00 queue:q:ok=12:00, services",
            "service:a:not_ok=12:00 queue:q:not_ok=12:00, both",
            "service:a:ok=12:00 service:b:not_ok=12:00, services" })
    void decidesAsTheRealReader(String keys, String expected) {
        Map<String, String> values = new TreeMap<>();
        for (String key : keys.isEmpty() ? new String[0] : keys.split(" ")) {
            values.put(key.substring(0, key.indexOf('=')), "2026-11-20 " + key.substring(key.indexOf('=') + 1) + ":00 UTC");
        }
        assertThat(R.answers(values)).isEqualTo(WORDS.get(expected));
    }
}
