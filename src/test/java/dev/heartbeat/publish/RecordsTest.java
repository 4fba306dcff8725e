package dev.heartbeat.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Asked;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.HeartbeatReader;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.NotAHeartbeatException;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.RecordLayout;
import dev.heartbeat.model.Target;
import dev.heartbeat.transport.LogRecord;

class RecordsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Target FIRST = new Target(Kind.WEBSITE, "first");
    private static final Target SECOND = new Target(Kind.HOST, "second");

    private final Records records = new Records(RecordLayout.HEARTBEAT, Map.of(SECOND, "seconds")::get);

    private static Heartbeat round() {
        Asked asked = new Asked("https://first.example/", "up");
        return new Heartbeat("publisher", "boot", 12, NOW, Duration.ofSeconds(30), 1, 1, "hash", Set.of(FIRST, SECOND),
                List.of(new Observation(FIRST, new Outcome.Up(), NOW, Duration.ofMillis(5), null, asked),
                        new Observation(SECOND, new Outcome.Up(), NOW)));
    }

    private static Heartbeat read(LogRecord record) {
        try {
            return HeartbeatReader.read(record.value(), NOW);
        } catch (NotAHeartbeatException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theKeyIsTheAddressAndTheTopicTheTargetsOwn() {
        List<LogRecord> all = records.of(round(), 0, 2);
        assertThat(all).extracting(LogRecord::key).containsExactly("https://first.example/", "second");
        assertThat(all).extracting(LogRecord::topic).containsExactly(null, "seconds");
    }

    /** A reader of their five or seven keys would take what was not asked for down. */
    @Test
    void whatWasNotAskedIsNotSaidInALayoutWithoutAWordForIt() {
        Heartbeat round = new Heartbeat("publisher", "boot", 2, NOW, Duration.ofSeconds(30), 1, 1, "hash", null,
                List.of(new Observation(FIRST, new Outcome.Unknown(Reason.NOT_ASKED, "no time"), NOW),
                        new Observation(SECOND, new Outcome.Up(), NOW)));
        for (RecordLayout layout : List.of(RecordLayout.HEALTHCHECK, RecordLayout.METRICS)) {
            assertThat(new Records(layout, target -> null).of(round, 0, 2)).extracting(LogRecord::key)
                    .containsExactly("second");
        }
        assertThat(records.of(round, 0, 2)).hasSize(2);
    }

    @Test
    void eachIsAHeartbeatOfOneObservationAndAPartOfItsRound() {
        List<Heartbeat> parts = records.of(round(), 3, 7).stream().map(RecordsTest::read).toList();
        assertThat(parts).extracting(Heartbeat::sequence).containsExactly(11L, 12L);
        assertThat(parts).extracting(Heartbeat::part).containsExactly(4, 5);
        assertThat(parts).extracting(Heartbeat::parts).containsOnly(7);
        assertThat(parts).extracting(Heartbeat::interval).containsOnly(Duration.ofSeconds(30));
        assertThat(parts).extracting(Heartbeat::config).containsOnly("hash");
        assertThat(parts.get(0).targets()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(parts.get(1).targets()).isNull();
        IntStream.range(0, 2).forEach(i -> assertThat(parts.get(i).observations()).hasSize(1)
                .extracting(Observation::target).containsExactly(i == 0 ? FIRST : SECOND));
    }

    @Test
    void aListOfTargetsAloneIsARecordUnderTheSourcesNameWhereTheLayoutHasOne() {
        Heartbeat list = new Heartbeat("zone-7", "boot", 13, NOW, Duration.ofSeconds(30), 3, 3, "hash", Set.of(FIRST),
                List.of());

        LogRecord only = records.of(list, 2, 3).get(0);

        assertThat(only.key()).isEqualTo("zone-7");
        assertThat(only.topic()).isNull();
        assertThat(read(only)).isEqualTo(list);
        for (RecordLayout layout : List.of(RecordLayout.HEALTHCHECK, RecordLayout.METRICS)) {
            assertThat(new Records(layout, target -> null).of(list, 2, 3)).isEmpty();
        }
    }
}
