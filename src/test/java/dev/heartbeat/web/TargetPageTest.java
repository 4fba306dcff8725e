package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Histogram;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.LatencyHour;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Telling;
import dev.heartbeat.model.Transition;
import dev.heartbeat.store.Outbox.Entry;
import dev.heartbeat.web.TargetPageView.Past;

class TargetPageTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    static TargetPageView view(World world, String name) {
        return view(world, name, new Past(List.of(), List.of(), false));
    }

    static TargetPageView view(World world, String name, Past past) {
        return TargetPageView.of(world.state(), new Target(Kind.HOST, name), World.CALM, past, World.NOW);
    }

    static LatencyHour hour(int ago, int... millis) {
        return new LatencyHour(NOON.minus(Duration.ofHours(ago)),
                Histogram.of(java.util.Arrays.stream(millis).mapToObj(Duration::ofMillis).toList()));
    }

    @Test
    void saysHowTheTargetIsSinceWhenAndWhy() {
        String html = Templates.target(view(World.of("zone").down("db", 90, "connection refused"), "db"));
        assertThat(html).containsSubsequence("<span class=\"name\">db</span> <span class=\"is\">is down</span>",
                "unreachable: connection refused", "2026-11-21T11:59:00Z", "Up in 24 hours", "Up in 7 days", "Up in 30 days",
                "Up in 90 days", "100 % over 90 days", "100 % over 30 days", "100 % over 7 days");
    }

    @Test
    void whatIsNotThereIsSaidInWords() {
        String html = Templates.target(view(World.of("zone").up("db"), "db"));
        assertThat(html).contains("No answer was measured in the last 48 hours", "None is kept:");
        assertThat(Templates.target(view(World.of("zone").up("db"), "db", Past.UNREAD)))
                .contains("The store can not be read just now");
    }

    @Test
    void latencyIsALineAnAreaAndFiguresWithGapsWhereNothingWasMeasured() {
        PageLatency latency = PageLatency.of(List.of(hour(5, 10, 20, 30), hour(4, 40), hour(1, 80)), NOON);
        assertThat(latency.mean().chars().filter(letter -> letter == 'M').count()).as("runs").isEqualTo(2);
        assertThat(latency.mean()).startsWith("M420 80.0L430 80.0L430 60.0L440 60.0M460 20.0");
        assertThat(latency.ceiling()).isEqualTo("100 ms");
        assertThat(latency.words()).contains("mean 36 ms", "longest 80 ms", "5 answers");
        assertThat(latency.hours()).extracting(hour -> hour.begin().iso()).first().isEqualTo("2026-11-21T11:00:00Z");
        assertThat(PageLatency.of(List.of(), NOON)).isNull();
        assertThat(PageLatency.of(List.of(hour(60, 5)), NOON)).as("too old").isNull();
    }

    @Test
    void transitionsTellWhatWasBeforeAndForHowLong() {
        Entry down = entry(new Transition("zone", new Target(Kind.HOST, "db"), Health.UP, Health.DOWN, NOON, Reason.TIMED_OUT,
                "no answer within 5 s", Duration.ofMinutes(61), Telling.NEWS));
        Entry flaps = entry(
                new Transition("zone", new Target(Kind.HOST, "db"), Health.UP, Health.UP, NOON, Reason.FLAPPING, null));
        Entry calm = entry(new Transition("zone", new Target(Kind.HOST, "db"), Health.UP, Health.UP, NOON, null, null));
        Entry silent = entry(new Transition("zone", null, Health.UP, Health.STALE, NOON, Reason.SILENT, "no heartbeat"));
        Entry again = entry(new Transition("zone", null, Health.STALE, Health.UP, NOON, null, null));
        Entry many = entry(new Transition("zone", null, Health.UP, Health.DOWN, NOON, Reason.MANY, "6 of 10 went down"));
        Entry over = entry(new Transition("zone", null, Health.DOWN, Health.UP, NOON, null, "6 of 10 came up"));
        String html = Templates.target(view(World.of("zone").up("db"), "db",
                new Past(List.of(down, flaps, calm, silent, again, many, over), List.of(), false)));
        assertThat(html).containsSubsequence("Down</b>", "timed out: no answer within 5 s", "was up for 1 h 1 min",
                "Flapping</b>", "Steady again</b>", "Silent</b>", "Heard again</b>", "Many down</b>", "Many up</b>");
    }

    private static Entry entry(Transition transition) {
        return new Entry("1-1", transition);
    }
}
