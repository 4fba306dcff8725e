package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.QueueSpec;
import dev.heartbeat.model.Reason;

class AttendanceTest {
    private static final QueueReply EMPTY = new QueueReply.Present(List.of());
    private static final QueueReply ATTENDED = present(up("svc-1"));
    private static final QueueReply MISSING = new QueueReply.Absent();
    private static final QueueReply FAILED = new QueueReply.Failed("answered 500");
    private static final QueueReply STANDBY = present(consumer("svc-1", "waiting", false));

    @ParameterizedTest(name = "activity {0}, active {1}: {2}")
    @CsvSource(textBlock = """
            up,             true,  true
            single_active,  true,  true
            blocked,        true,  true
            blocked,        false, true
            waiting,        false, false
            suspected_down, false, false
            suspected_down, true,  false
            up,             ,      true
            waiting,        ,      false
            ,               true,  true
            ,               false, false
            ,               ,      true
            word_to_come,   true,  true
            word_to_come,   false, false
            word_to_come,   ,      false
            """)
    void activityDecides(String activity, Boolean active, boolean expected) {
        assertThat(consumer("tag", activity, active).isActive()).isEqualTo(expected);
    }

    static Stream<Arguments> oneListenerOnOneQueue() {
        return Stream.of(
                Arguments.of(ATTENDED, Outcome.UP, Outcome.UP),
                Arguments.of(present(up("other"), up("x-svc-2")), Outcome.UP, Outcome.UP),
                Arguments.of(present(consumer("svc-1", "waiting", false), consumer("svc-2", "single_active", true)), Outcome.UP,
                        Outcome.UP),
                Arguments.of(MISSING, Outcome.down(Reason.MISSING, "the queue does not exist"),
                        Outcome.down(Reason.MISSING, "q: the queue does not exist")),
                Arguments.of(FAILED, Outcome.unknown(Reason.API_FAILED, "answered 500"),
                        Outcome.unknown(Reason.API_FAILED, "q: answered 500")),
                Arguments.of(EMPTY, Outcome.down(Reason.UNATTENDED, "listener: the queue has no consumer"),
                        Outcome.down(Reason.UNATTENDED, "q: the queue has no consumer")),
                Arguments.of(present(up("other")),
                        Outcome.down(Reason.UNATTENDED, "listener: the queue's consumer has another tag"),
                        Outcome.down(Reason.UNATTENDED, "q: the queue's consumer has another tag")),
                Arguments.of(present(up("a"), up("b")),
                        Outcome.down(Reason.UNATTENDED, "listener: the queue's 2 consumers have other tags"),
                        Outcome.down(Reason.UNATTENDED, "q: the queue's 2 consumers have other tags")),
                Arguments.of(present(consumer(null, "up", true)),
                        Outcome.down(Reason.UNATTENDED, "listener: the queue's consumer has another tag"),
                        Outcome.down(Reason.UNATTENDED, "q: the queue's consumer has another tag")),
                Arguments.of(present(consumer("svc-1", "waiting", false), consumer("svc-2", "suspected_down", false)),
                        Outcome.down(Reason.INACTIVE, "listener: its consumer is suspected_down, waiting"),
                        Outcome.down(Reason.INACTIVE, "q: its consumer is suspected_down, waiting")),
                Arguments.of(present(consumer("svc-1", null, false)),
                        Outcome.down(Reason.INACTIVE, "listener: its consumer is inactive"),
                        Outcome.down(Reason.INACTIVE, "q: its consumer is inactive")));
    }

    @ParameterizedTest
    @MethodSource
    void oneListenerOnOneQueue(QueueReply reply, Outcome queue, Outcome listener) {
        assertThat(judge(Map.of("q", reply), Specs.queue("q", "listener=svc-\\d")))
                .containsExactlyInAnyOrderEntriesOf(Map.of("queue q", queue, "consumer listener", listener));
    }

    @Test
    void aQueueThatNobodyMustListenToIsUpWhenItExists() {
        Map<String, Outcome> judged = judge(Map.of("here", EMPTY, "gone", MISSING, "unknown", FAILED), Specs.queue("here"),
                Specs.queue("gone"), Specs.queue("unknown"));
        assertThat(judged).containsOnly(
                Map.entry("queue here", Outcome.UP),
                Map.entry("queue gone", Outcome.down(Reason.MISSING, "the queue does not exist")),
                Map.entry("queue unknown", Outcome.unknown(Reason.API_FAILED, "answered 500")));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource
    void aListenerOfSeveralQueuesIsAsBadAsItsWorstPart(QueueReply first, QueueReply second, Outcome listener) {
        assertThat(judge(Map.of("a", first, "b", second), Specs.queue("a", "l=svc"), Specs.queue("b", "l=svc")))
                .containsEntry("consumer l", listener);
    }

    static Stream<Arguments> aListenerOfSeveralQueuesIsAsBadAsItsWorstPart() {
        return Stream.of(
                Arguments.of(ATTENDED, ATTENDED, Outcome.UP),
                Arguments.of(ATTENDED, FAILED, Outcome.unknown(Reason.API_FAILED, "b: answered 500")),
                Arguments.of(FAILED, EMPTY, Outcome.down(Reason.UNATTENDED, "b: the queue has no consumer")),
                Arguments.of(STANDBY, ATTENDED, Outcome.down(Reason.INACTIVE, "a: its consumer is waiting")),
                Arguments.of(STANDBY, EMPTY,
                        Outcome.down(Reason.UNATTENDED, "a: its consumer is waiting; b: the queue has no consumer")),
                Arguments.of(EMPTY, EMPTY, Outcome.down(Reason.UNATTENDED, "a, b: the queue has no consumer")),
                Arguments.of(EMPTY, MISSING,
                        Outcome.down(Reason.MISSING, "a: the queue has no consumer; b: the queue does not exist")));
    }

    @Test
    void aQueueNamesTheListenersThatFail() {
        assertThat(judge(Map.of("q", ATTENDED), Specs.queue("q", "good=svc", "bad=other", "worse=another"))).containsEntry(
                "queue q", Outcome.down(Reason.UNATTENDED, "bad, worse: the queue's consumer has another tag"));
    }

    @Test
    void manyFailingListenersAreCounted() {
        String[] listeners = IntStream.range(0, 20).mapToObj(i -> "l" + i + "=none").toArray(String[]::new);
        assertThat(judge(Map.of("q", EMPTY), Specs.queue("q", listeners))).containsEntry("queue q",
                Outcome.down(Reason.UNATTENDED, "l0, l1, l2, l3, l4 and 15 more: the queue has no consumer"));
    }

    @Test
    void detailsAreShortAndOnOneLine() {
        String name = "long\n".repeat(200);
        assertThat(judge(Map.of(name, EMPTY), Specs.queue(name, "l=x")).get("consumer l").detail())
                .hasSize(500).doesNotContain("\n").startsWith("long long").endsWith("…");
    }

    @Test
    void theSameQueueTwiceIsOneTarget() {
        assertThat(judge(Map.of("q", ATTENDED), Specs.queue("q", "a=svc"), Specs.queue("q", "b=other"))).containsOnly(
                Map.entry("queue q", Outcome.down(Reason.UNATTENDED, "b: the queue's consumer has another tag")),
                Map.entry("consumer a", Outcome.UP),
                Map.entry("consumer b", Outcome.down(Reason.UNATTENDED, "q: the queue's consumer has another tag")));
    }

    @Test
    void aRegexThatIsTooCostlyConcernsItsListenerOnly() {
        QueueReply reply = present(up("a".repeat(40) + "!"));
        Map<String, Outcome> judged = judge(Map.of("q", reply), Specs.queue("q", "costly=(a+)+\\1$", "cheap=!$"));
        assertThat(judged).containsOnly(
                Map.entry("queue q", Outcome.unknown(Reason.TOO_COSTLY, "costly: the tag's regex takes too long")),
                Map.entry("consumer costly", Outcome.unknown(Reason.TOO_COSTLY, "q: the tag's regex takes too long")),
                Map.entry("consumer cheap", Outcome.UP));
    }

    @Test
    void noRegexIsAskedWhenThereIsNoTimeLeft() {
        List<Finding> findings = Attendance.judge(List.of(Specs.queue("q", "l=svc")), spec -> ATTENDED, () -> true);
        assertThat(Specs.outcomes(findings).get("consumer l").reason()).isEqualTo(Reason.TOO_COSTLY);
    }

    private static Map<String, Outcome> judge(Map<String, QueueReply> replies, QueueSpec... specs) {
        return Specs.outcomes(Attendance.judge(List.of(specs), spec -> replies.get(spec.queue()), () -> false));
    }

    private static QueueReply present(AttachedConsumer... consumers) {
        return new QueueReply.Present(List.of(consumers));
    }

    private static AttachedConsumer up(String tag) {
        return consumer(tag, "up", true);
    }

    private static AttachedConsumer consumer(String tag, String activity, Boolean active) {
        return new AttachedConsumer(tag, activity, active);
    }
}
