package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.at;
import static dev.heartbeat.store.Beats.down;
import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.Beats.judge;
import static dev.heartbeat.store.Beats.up;
import static dev.heartbeat.store.StateStoreContract.assertSame;
import static dev.heartbeat.store.StateStoreContract.get;
import static dev.heartbeat.store.StateStoreContract.one;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Policy;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Uptime;
import dev.heartbeat.model.Uptime.Day;
import dev.heartbeat.model.Uptime.Window;

/** Does every store keep uptime? A heartbeat a minute, or as often as a test says; the first comes at noon. */
abstract class UptimeContract {
    private static final Target DB = host("db");
    private static final Target WEB = host("web");
    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

    private StateStore store;
    private StateStore other;
    private final Beats beats = new Beats("s", Duration.ofMinutes(1));
    private final Beats hourly = new Beats("s", Duration.ofHours(1));

    /** A store without states, and one that shares its states as another subscriber does. */
    abstract List<StateStore> twoStores();

    /** One more that shares them, and knows nothing yet. */
    abstract StateStore another();

    @BeforeEach
    void startTwoSubscribers() {
        List<StateStore> two = twoStores();
        store = two.get(0);
        other = two.get(1);
        get(store.start());
        get(other.start());
    }

    @Test
    void whatOneSubscriberMarksTheOtherReads() {
        get(store.update("s", hear(beats.say(0, up(DB, 0), up(WEB, 0)))));
        get(other.refresh());
        get(store.update("s", hear(beats.say(60, down(DB, 60), up(WEB, 60)))));
        get(other.refresh());
        get(other.update("s", hear(beats.say(120, down(DB, 120)))));
        assertSame(one(get(store.refresh())), one(other.known()));
        for (StateStore each : List.of(store, other, another())) {
            assertThat(share(each, DB, 150, Window.DAY)).isEqualTo(1 / 3.0);
            assertThat(uptime(each, WEB, 150).days().get(89)).isEqualTo(new Day(TODAY, 2, 0));
        }
    }

    @Test
    void bothMarkTheSameMinuteAndNothingIsLost() {
        get(store.update("s", hear(beats.say(0, up(DB, 0), up(WEB, 0)))));
        Heard one = beats.say(60, down(DB, 60), up(WEB, 60));
        Heard two = beats.say(70, up(DB, 70), down(WEB, 70));
        get(other.refresh());
        get(store.update("s", hear(one)));
        get(other.update("s", hear(two)));
        for (StateStore each : List.of(store, other, another())) {
            assertThat(share(each, DB, 100, Window.DAY)).isEqualTo(0.5);
            assertThat(share(each, WEB, 100, Window.DAY)).isEqualTo(0.5);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
    void anyOrderOfDeliveriesThroughAnySubscriberEndsInTheSame(long seed) {
        Random random = new Random(seed);
        List<Heard> told = new ArrayList<>();
        for (int minute = 0; minute < 90; minute++) {
            told.add(beats.say(minute * 60, minute == 0 || random.nextBoolean() ? up(DB, minute * 60) : down(DB, minute * 60),
                    minute == 0 || random.nextInt(5) > 0 ? up(WEB, minute * 60) : unknown(WEB, minute * 60)));
        }
        SourceState inOrder = SourceState.unheard("s").hear(told, Policy.DEFAULT).next();
        get(store.update("s", hear(told.get(0))));
        List<Heard> mixed = new ArrayList<>(told);
        mixed.addAll(told.subList(random.nextInt(90), 90));
        Collections.shuffle(mixed, random);
        for (int from = 0; from < mixed.size();) {
            int to = Math.min(mixed.size(), from + 1 + random.nextInt(8));
            get((random.nextBoolean() ? store : other).update("s", hear(mixed.subList(from, to))));
            from = to;
        }
        for (StateStore each : List.of(store, other, another())) {
            SourceState state = one(get(each.refresh()));
            assertThat(state.heard()).isEqualTo(inOrder.heard());
            for (Target target : List.of(DB, WEB)) {
                assertThat(state.targets().get(target).diary()).isEqualTo(inOrder.targets().get(target).diary());
                assertThat(uptime(each, target, 90 * 60).days())
                        .isEqualTo(Uptime.of(inOrder, target, at(90 * 60)).days());
            }
        }
    }

    @Test
    void closedHoursAreCountedForEverybody() {
        get(store.update("s", hear(hourly.say(0, up(DB, 0), up(WEB, 0)), hourly.say(HOUR, down(DB, HOUR), up(WEB, HOUR)))));
        get(other.refresh());
        List<Day> open = uptime(other, DB, 2 * HOUR).days();
        get(store.update("s", hear(hourly.say(3 * DAY, up(DB, 3 * DAY), up(WEB, 3 * DAY)))));
        for (StateStore each : List.of(store, other, another())) {
            SourceState state = one(get(each.refresh()));
            assertThat(Uptime.of(state, DB, at(3 * DAY)).days()).contains(open.get(89)).contains(new Day(TODAY, 120, 60));
            assertThat(Uptime.of(state, WEB, at(3 * DAY)).days()).contains(new Day(TODAY, 120, 0));
            assertSame(state, one(store.known()));
        }
    }

    @Test
    void afterNinetyDaysADayIsForgottenByEverybody() {
        get(store.update("s", hear(hourly.say(0, down(DB, 0)))));
        get(store.update("s", hear(hourly.say(3 * DAY, up(DB, 3 * DAY)))));
        get(other.refresh());
        assertThat(share(other, DB, 90 * DAY, Window.QUARTER)).isEqualTo(0.5);
        get(store.update("s", hear(hourly.say(91 * DAY, up(DB, 91 * DAY)))));
        for (StateStore each : List.of(store, other, another())) {
            assertThat(share(each, DB, 91 * DAY, Window.QUARTER)).isEqualTo(1.0);
            assertThat(one(each.known()).targets().get(DB).diary().toString()).doesNotContain("=60");
        }
    }

    @Test
    void silenceAndOurOwnAbsenceAreGaps() {
        get(store.update("s", hear(beats.say(0, up(DB, 0)), beats.say(60, down(DB, 60)))));
        get(store.update("s", judge(600)));
        StateStore later = another();
        get(later.update("s", hear(beats.say(1200, up(DB, 1200)), beats.say(1260, up(DB, 1260)))));
        for (StateStore each : List.of(store, other, later)) {
            assertThat(uptime(each, DB, 1300).days().get(89)).isEqualTo(new Day(TODAY, 4, 1));
        }
    }

    @Test
    void aTargetThatWasRetiredBeginsAnewForEverybody() {
        get(store.update("s", hear(beats.say(0, Set.of(DB, WEB), List.of(up(DB, 0), down(WEB, 0))))));
        get(other.refresh());
        get(store.update("s", hear(beats.say(60, Set.of(DB), List.of(up(DB, 60))))));
        get(store.update("s", hear(beats.say(120, Set.of(DB, WEB), List.of(up(DB, 120), up(WEB, 120))))));
        for (StateStore each : List.of(store, other, another())) {
            assertThat(share(each, WEB, 150, Window.DAY)).isEqualTo(1.0);
            assertThat(share(each, DB, 150, Window.DAY)).isEqualTo(1.0);
            assertSame(one(each.known()), one(store.known()));
        }
    }

    @Test
    void aTargetThatMovesToAnotherIntervalTakesItsMinutesAlong() {
        get(store.update("s", hear(beats.say(0, down(DB, 0)), beats.say(60, up(DB, 60)))));
        get(other.refresh());
        Beats seldom = new Beats("s", Duration.ofMinutes(10));
        seldom.say(0);
        seldom.say(0);
        get(store.update("s", hear(seldom.say(120, up(DB, 120)))));
        for (StateStore each : List.of(store, other, another())) {
            assertThat(uptime(each, DB, HOUR).days().get(89)).isEqualTo(new Day(TODAY, 12, 1));
            assertThat(one(each.known()).targets().get(DB).diary().stays()).hasSize(1);
        }
    }

    @Test
    void anyNameHasItsMinutes() {
        List<Observation> observations = new ArrayList<>();
        StateStoreContract.WEIRD.forEach(name -> observations.add(down(host(name), 0)));
        get(store.update("s", hear(beats.say(0, observations))));
        for (StateStore each : List.of(other, another())) {
            StateStoreContract.WEIRD.forEach(name -> assertThat(share(each, host(name), 0, Window.DAY)).isZero());
        }
    }

    private static Observation unknown(Target target, int second) {
        return new Observation(target, Outcome.unknown(Reason.API_FAILED, "503"), at(second));
    }

    private static Double share(StateStore store, Target target, int second, Window window) {
        return uptime(store, target, second).over(window);
    }

    private static Uptime uptime(StateStore store, Target target, int second) {
        Instant now = at(second);
        return Uptime.of(one(get(store.refresh())), target, now);
    }
}
