package dev.heartbeat.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetsFile;
import dev.heartbeat.probe.Rounds;
import dev.heartbeat.transport.TraceSpan;

/** What is still told of a round that was under way when other targets came to be watched? */
class WatchedTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private static Watched watched(String... hosts) {
        String text = "heartbeat: { hosts: [ " + String.join(", ", hosts) + " ] }";
        return Watched.of(TargetsFile.read("t.yaml", text, false).targets(), MINUTE);
    }

    private static Rounds.Found found(Duration interval, String... names) {
        return new Rounds.Found(interval, false, Arrays.stream(names)
                .map(name -> new Observation(new Target(Kind.HOST, name), Outcome.UP, Instant.EPOCH)).toList(), TraceSpan.NONE);
    }

    private static List<String> told(Watched by, Watched now, Rounds.Found found) {
        return by.told(found, now).stream().map(seen -> seen.target().name() + " at " + seen.address()).toList();
    }

    @Test
    void nothingOfWhatIsRemoved() {
        Watched before = watched("{ name: stays, host: h, port: 1 }", "{ name: leaves, host: h, port: 2 }");
        Watched now = watched("{ name: stays, host: h, port: 1 }");

        assertThat(told(before, now, found(MINUTE, "stays", "leaves"))).containsExactly("stays at h:1");
    }

    @Test
    void nothingOfWhatIsAskedAtAnotherPaceNow() {
        Watched before = watched("{ name: stays, host: h, port: 1 }", "{ name: moves, host: h, port: 2 }");
        Watched now = watched("{ name: stays, host: h, port: 1 }", "{ name: moves, host: h, port: 2, interval: 1h }");

        assertThat(told(before, now, found(MINUTE, "stays", "moves"))).containsExactly("stays at h:1");
        assertThat(told(now, now, found(HOUR, "moves"))).containsExactly("moves at h:2");
    }

    @Test
    void ofWhatChangedTheAnswerWithTheAddressThatGaveIt() {
        Watched before = watched("{ name: db, host: old, port: 1 }");
        Watched now = watched("{ name: db, host: new, port: 1 }");

        assertThat(told(before, now, found(MINUTE, "db"))).containsExactly("db at old:1");
        assertThat(told(now, now, found(MINUTE, "db"))).containsExactly("db at new:1");
    }

    @Test
    void theListTravelsAtThePaceOfTheRoundsThatComeSoonest() {
        assertThat(watched("{ host: a, port: 1, interval: 2h }", "{ host: b, port: 1, interval: 5s }").shortest(MINUTE))
                .isEqualTo(Duration.ofSeconds(5));
    }
}
