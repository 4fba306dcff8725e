package dev.heartbeat.web;

import static dev.heartbeat.web.Sources.NOON;
import static dev.heartbeat.web.Sources.host;
import static dev.heartbeat.web.Sources.state;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.PhKey;
import dev.heartbeat.model.PhTime;
import dev.heartbeat.model.Projection;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Shown;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;
import dev.heartbeat.store.R;
import dev.heartbeat.web.HeartbeatComponents.Component;
import dev.heartbeat.web.HeartbeatComponents.Overall;

/** Does our {@code /heartbeat} say what the reader of the keys would say of the keys that we write? */
class HeartbeatComponentsTest {
    private static final Instant EARLIER = NOON.minusSeconds(3600);

    private static SourceState source(String name, Map<Target, TargetState> targets) {
        SourceState unheard = SourceState.unheard(name);
        return new SourceState(name, 1, unheard.speaker(), Map.of(), null, null, List.of(), targets);
    }

    private static Target queue(String name) {
        return new Target(Kind.QUEUE, name);
    }

    private static TargetState seen(Health health, Instant up, Instant down) {
        TargetState like = state(health, null);
        return new TargetState(health, like.former(), health == Health.UP ? null : Reason.UNREACHABLE, null, NOON, up, down,
                Sources.GROUP, false, like.mark(), null, false);
    }

    private static HeartbeatComponents of(Map<Target, TargetState> targets) {
        return HeartbeatComponents.of(List.of(source("s", targets)));
    }

    /** The table of decisions of the contract, but for the rows in which that reader guesses. */
    @ParameterizedTest
    @CsvSource({ "UP, , ALL_OK", "DOWN, , MISSING_SERVICES", "UP, DOWN, MISSING_QUEUES", "DOWN, UP, MISSING_SERVICES",
            "DOWN, DOWN, MISSING_SERVICES_AND_QUEUES", "UP, UP, ALL_OK", "STALE, UP, MISSING_SERVICES",
            "UP, UNKNOWN, MISSING_QUEUES",
            ", , MISSING_SERVICES_AND_QUEUES", ", UP, ALL_OK", ", STALE, MISSING_QUEUES" })
    void theWorstServiceAndTheWorstQueueDecide(Health service, Health queue, Overall expected) {
        Map<Target, TargetState> targets = new HashMap<>();
        if (service != null) {
            targets.put(host("a"), state(service, null));
            targets.put(host("fine"), state(Health.UP, null));
        }
        if (queue != null) {
            targets.put(queue("q"), state(queue, null));
        }
        assertThat(of(targets).overall()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void theReaderOfOurKeysDecidesTheSame(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            List<SourceState> states = List.of(source("one", some(random)), source("two", some(random)));
            Map<String, String> keys = keys(states);
            HeartbeatComponents components = HeartbeatComponents.of(states);
            if (!keys.isEmpty()) {
                assertThat(R.answers(keys)).extracting(Enum::name).containsExactly(components.overall().name());
            }
            assertThat(words(components)).isEqualTo(keys.keySet().stream().sorted().toList());
        }
    }

    private static Map<Target, TargetState> some(Random random) {
        Map<Target, TargetState> targets = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Target target = new Target(Kind.values()[random.nextInt(Kind.values().length)],
                    List.of("a", "b", "c:d").get(random.nextInt(3)));
            targets.put(target, state(random.nextInt(3) > 0 ? Health.UP : Health.values()[random.nextInt(4)], null));
        }
        return targets;
    }

    /** One key per name, as the default layout has them. */
    private static Map<String, String> keys(List<SourceState> states) {
        Map<PhKey, Shown> shown = new HashMap<>();
        for (SourceState state : states) {
            Projection projection = Projection.of(state);
            projection.keys().forEach(key -> shown.merge(key, projection.shown(key), Shown::worse));
        }
        Map<String, String> keys = new HashMap<>();
        shown.forEach((key, word) -> keys.put(key.prefix() + (word.ok() ? ":ok" : ":not_ok"), PhTime.text(word.at())));
        return keys;
    }

    private static List<String> words(HeartbeatComponents components) {
        List<String> words = new ArrayList<>();
        components.services()
                .forEach(one -> words.add("service:" + one.name().replace(':', '_') + (one.ok() ? ":ok" : ":not_ok")));
        components.queues().forEach(one -> words.add("queue:" + one.name().replace(':', '_') + (one.ok() ? ":ok" : ":not_ok")));
        return words.stream().sorted().toList();
    }

    @Test
    void aNameIsShownAsItIsUnlessTwoShareAKey() {
        assertThat(of(Map.of(host("a:b"), state(Health.UP, null))).services()).extracting(Component::name)
                .containsExactly("a:b");
        assertThat(of(Map.of(host("a:b"), state(Health.UP, null), host("a_b"), state(Health.DOWN, null))).services())
                .extracting(Component::name, Component::ok).containsExactly(org.assertj.core.groups.Tuple.tuple("a_b", false));
    }

    @Test
    void componentsStandByName() {
        assertThat(of(
                Map.of(host("b"), state(Health.UP, null), host("a"), state(Health.UP, null), host("c"), state(Health.UP, null)))
                .services()).extracting(Component::name).containsExactly("a", "b", "c");
    }

    @Test
    void whatWasNeverOkWasNeverSeenOk() {
        Component never = of(Map.of(host("a"), seen(Health.DOWN, null, NOON))).services().get(0);
        assertThat(never.lastOk()).isNull();
        assertThat(never.lastFailed()).isNotNull();
        Component always = of(Map.of(host("a"), seen(Health.UP, NOON, null))).services().get(0);
        assertThat(always.lastFailed()).isNull();
        assertThat(always.lastOk()).isNotNull();
    }

    @Test
    void whatSharesANameWasOkWhenAllOfItWas() {
        Component shared = HeartbeatComponents.of(List.of(
                source("one", Map.of(host("a"), seen(Health.DOWN, EARLIER, NOON))),
                source("two", Map.of(new Target(Kind.CONSUMER, "a"), seen(Health.UP, NOON, null))))).services().get(0);
        assertThat(shared.ok()).isFalse();
        assertThat(shared.lastOk()).isEqualTo(EARLIER);
    }

    @Test
    void silenceIsSeenAsAFailureOfItsOwnInstant() {
        Component stale = of(Map.of(host("a"), seen(Health.STALE, EARLIER, null))).services().get(0);
        assertThat(stale.lastOk()).isEqualTo(EARLIER);
        assertThat(stale.lastFailed()).isEqualTo(NOON);
    }
}
