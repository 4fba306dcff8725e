package dev.heartbeat.model;

import static dev.heartbeat.model.Health.DOWN;
import static dev.heartbeat.model.Health.STALE;
import static dev.heartbeat.model.Health.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Uptime.Window;

/** What do we know of sites whose records name neither source nor interval, and come again whenever a reader was stopped? */
class RecordStoryTest {
    private static final Target FAST = new Target(Kind.WEBSITE, "https://fast.example");
    private static final Target SLOW = new Target(Kind.WEBSITE, "https://slow.example");
    private static final Target RARE = new Target(Kind.WEBSITE, "https://rare.example");

    private final List<Transition> transitions = new ArrayList<>();
    private SourceState state = SourceState.unheard("sites");

    /** One record, and the second in which it comes. */
    private record Said(String body, double comes) {
    }

    private static Said said(Target site, double second, int status) {
        return said(site, second, status, "");
    }

    private static Said said(Target site, double second, int status, String offset) {
        LocalDateTime at = LocalDateTime.ofInstant(Saying.at(second), ZoneOffset.UTC);
        return new Said("{'status_code':" + status + ",'response_time':0.25,'regex_match':null,'url':'" + site.name()
                + "','measurement_time':'" + at + offset + "'}", second + 0.3);
    }

    /** Each site at its own pace, FAST down in its second minute, as long as so many seconds. */
    private static List<Said> stream(double until) {
        List<Said> stream = new ArrayList<>();
        for (int second = 0; second < until; second += 10) {
            stream.add(said(FAST, second, second >= 60 && second < 120 ? 503 : 200));
        }
        for (int second = 3; second < until; second += 30) {
            stream.add(said(SLOW, second, 200));
        }
        stream.sort(Comparator.comparingDouble(Said::comes));
        return stream;
    }

    private void hear(List<Said> stream) {
        stream.forEach(said -> hear(said, Saying.at(said.comes)));
    }

    private void hear(Said said, Instant received) {
        commit(state.hear(List.of(heard(said, received)), Policy.DEFAULT));
    }

    private static Heard heard(Said said, Instant received) {
        try {
            return new Heard(RecordReader.read(Wire.bytes(said.body), "sites", received), received, false,
                    said.body.hashCode());
        } catch (NotAHeartbeatException e) {
            throw new AssertionError(e);
        }
    }

    private void judge(double second) {
        commit(state.judge(Saying.at(second), Saying.at(-1e6), Policy.DEFAULT));
    }

    private void commit(Change change) {
        state = change.next();
        transitions.addAll(change.transitions());
    }

    private Health health(Target site) {
        return state.targets().get(site).health();
    }

    private List<String> news() {
        return transitions.stream().filter(transition -> transition.target() != null)
                .map(transition -> transition.target().name() + ": " + transition.from() + " -> " + transition.to()).toList();
    }

    @Test
    void eachSiteIsJudgedByItsOwnRhythm() {
        hear(stream(300));
        assertThat(state.groups()).hasSize(2);

        judge(290.3 + 29.9);
        assertThat(health(FAST)).isEqualTo(UP);

        judge(290.3 + 30.1);
        assertThat(health(FAST)).isEqualTo(STALE);
        assertThat(health(SLOW)).isEqualTo(UP);

        judge(273.3 + 89.9);
        assertThat(health(SLOW)).isEqualTo(UP);
        judge(273.3 + 90.1);
        assertThat(health(SLOW)).isEqualTo(STALE);
    }

    @Test
    void aRhythmThatNobodyKnowsYetIsNotJudged() {
        hear(List.of(said(FAST, 0, 200), said(FAST, 10, 200)));

        judge(1800);

        assertThat(health(FAST)).isEqualTo(UP);
    }

    @Test
    void theUptimeOfEachIsItsOwn() {
        hear(stream(600));

        assertThat(UptimeTest.drawn(state, FAST, 11)).isEqualTo("^v^^^^^^^^.");
        assertThat(UptimeTest.drawn(state, SLOW, 11)).isEqualTo("^^^^^^^^^^.");
        assertThat(Uptime.of(state, FAST, Saying.at(599)).over(Window.DAY)).isEqualTo(0.9);
        assertThat(Uptime.of(state, SLOW, Saying.at(599)).over(Window.DAY)).isEqualTo(1.0);
        assertThat(news()).containsExactly("https://fast.example: UP -> DOWN", "https://fast.example: DOWN -> UP");
    }

    @Test
    void silenceOfOneIsNoGapOfTheOther() {
        hear(stream(120));
        hear(stream(600).stream().filter(said -> said.comes > 300 && said.body.contains("slow")).toList());

        assertThat(UptimeTest.drawn(state, FAST, 10)).isEqualTo("^v........");
        assertThat(UptimeTest.drawn(state, SLOW, 10)).isEqualTo("^^...^^^^^");
    }

    @Test
    void aWholeTopicThatComesAgainChangesNothing() {
        List<Said> stream = new ArrayList<>(stream(1200));
        for (int second = 5; second < 1200; second += 200) {
            stream.add(said(RARE, second, second > 600 ? 0 : 200));
        }
        stream.sort(Comparator.comparingDouble(Said::comes));
        hear(stream);
        SourceState before = state;
        transitions.clear();

        stream.forEach(said -> hear(said, Saying.at(1201)));

        assertThat(transitions).isEmpty();
        assertThat(state).isEqualTo(before);
    }

    @Test
    void eachRecordTwiceIsAsGoodAsOnce() {
        hear(stream(600));
        SourceState once = state;
        List<String> told = news();
        state = SourceState.unheard("sites");
        transitions.clear();

        stream(600).forEach(said -> {
            hear(said, Saying.at(said.comes));
            hear(said, Saying.at(said.comes + 0.1));
        });

        assertThat(state.targets()).isEqualTo(once.targets());
        assertThat(state.heard()).isEqualTo(once.heard());
        assertThat(news()).isEqualTo(told);
    }

    @Test
    void inOneBatchOrRecordByRecordIsTheSame() {
        hear(stream(600));
        SourceState single = state;

        List<Heard> all = stream(600).stream().map(said -> heard(said, Saying.at(said.comes))).toList();
        Change batch = SourceState.unheard("sites").hear(all, Policy.DEFAULT);

        assertThat(batch.next().targets()).isEqualTo(single.targets());
        assertThat(batch.next().groups()).isEqualTo(single.groups());
        assertThat(batch.transitions()).isEqualTo(transitions);
    }

    @Test
    void whatIsOlderThanASitesStateIsNoStateAndAnotherSitesIsNotAskedFor() {
        hear(List.of(said(FAST, 0, 200), said(SLOW, 40, 200), said(FAST, 30, 200)));

        hear(said(FAST, 20, 503), Saying.at(41));
        assertThat(health(FAST)).isEqualTo(UP);

        hear(said(FAST, 31, 503), Saying.at(42));
        assertThat(health(FAST)).isEqualTo(DOWN);
        assertThat(health(SLOW)).isEqualTo(UP);
    }

    @Test
    void aWriterInAnotherTimeZoneIsAliveAllTheSame() {
        for (double hours : new double[] { -5, 2, 5.5 }) {
            state = SourceState.unheard("sites");
            for (int second = 0; second < 120; second += 10) {
                hear(said(FAST, second + hours * 3600, 200), Saying.at(second + 0.2));
            }
            judge(125);
            assertThat(health(FAST)).as("%s h", hours).isEqualTo(UP);
            assertThat(UptimeTest.drawn(state, FAST, 3)).as("%s h", hours).isEqualTo("^^.");

            judge(110.2 + 31);
            assertThat(health(FAST)).as("%s h", hours).isEqualTo(STALE);
        }
    }

    @Test
    void aSiteThatFallsSilentAndReturnsLaterThanAnotherIsNewsOfItsOwn() {
        hear(stream(120).stream().filter(said -> said.body.contains("fast")).toList());
        judge(142);
        hear(stream(600).stream().filter(said -> said.body.contains("slow") && said.comes > 150).toList());
        transitions.clear();

        judge(600 + 90);
        hear(said(SLOW, 700, 200), Saying.at(700.3));

        assertThat(transitions).extracting(Transition::target, Transition::to, Transition::telling).containsExactly(
                tuple(SLOW, STALE, Telling.NEWS), tuple(SLOW, UP, Telling.NEWS));
    }

    @Test
    void aWriterThatDiesIsOnePieceOfNewsHoweverManySitesItAsked() {
        hear(stream(300));

        for (double second = 300; second < 400; second++) {
            judge(second);
        }

        assertThat(transitions.stream().filter(one -> one.to() == STALE))
                .extracting(Transition::target, Transition::telling).containsExactly(
                        tuple(null, Telling.NEWS), tuple(FAST, Telling.PART), tuple(SLOW, Telling.PART));
    }

    @Test
    void anOldTopicReadFromItsBeginningIsHistoryAndNoSignOfLife() {
        for (Said said : stream(300)) {
            Heard live = heard(said, Saying.at(86_400));
            commit(state.hear(List.of(new Heard(live.heartbeat(), live.received(), true, 0)), Policy.DEFAULT));
        }

        assertThat(health(FAST)).isEqualTo(STALE);
        assertThat(transitions.stream().filter(transition -> transition.to() == UP)).isEmpty();
    }

    @Test
    void partsOfOurOwnRoundsAreJudgedEachForItself() throws NotAHeartbeatException {
        for (int round = 0; round < 4; round++) {
            for (int part = 1; part <= 2; part++) {
                if (part == 1 || round < 2) {
                    hearOurs(round, part);
                }
            }
        }

        judge(55);

        assertThat(health(FAST)).isEqualTo(UP);
        assertThat(health(SLOW)).isEqualTo(STALE);
    }

    private void hearOurs(int round, int part) throws NotAHeartbeatException {
        Instant at = Saying.at(round * 10);
        Observation observation = new Observation(part == 1 ? FAST : SLOW, Outcome.UP, at);
        Heartbeat heartbeat = new Heartbeat("sites", "20261121", round * 2 + part, at, Duration.ofSeconds(10), part, 2,
                null, null, List.of(observation));
        byte[] record = RecordWriter.write(RecordLayout.HEARTBEAT, heartbeat);
        commit(state.hear(List.of(new Heard(RecordReader.read(record, "sites", at), at, false, 0)), Policy.DEFAULT));
    }
}
