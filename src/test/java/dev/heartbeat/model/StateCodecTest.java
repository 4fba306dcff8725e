package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written here is read by other versions: a golden text changes only by addition. */
class StateCodecTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.125Z");
    private static final TargetState STALE = new TargetState(Health.STALE, Health.DOWN, Reason.SILENT, "no \"word\"\n", NOON,
            NOON.plusNanos(1), NOON.plusSeconds(2), "10000", true, new Mark(NOON, "boot", 7), NOON.plusSeconds(3), true);
    private static final String STALE_TEXT = "{\"health\":\"STALE\",\"former\":\"DOWN\",\"reason\":\"SILENT\","
            + "\"detail\":\"no \\\"word\\\"\\n\",\"since\":\"2026-11-20T12:00:00.125Z\","
            + "\"lastUp\":\"2026-11-20T12:00:00.125000001Z\",\"lastDown\":\"2026-11-20T12:00:02.125Z\",\"group\":\"10000\","
            + "\"rides\":true,\"mark\":{\"at\":\"2026-11-20T12:00:00.125Z\",\"boot\":\"boot\",\"sequence\":7},"
            + "\"unknownSince\":\"2026-11-20T12:00:03.125Z\",\"adopted\":true}";
    private static final SourceState HEAD = new SourceState("s", 9,
            new Speaker("boot", "", Duration.ofMillis(-300_500), NOON, NOON.plusSeconds(1), 3, NOON.plusSeconds(2)),
            Map.of("-", new Group("-", Duration.ofSeconds(10), NOON, new Mark(NOON, null, 0),
                    List.of(Duration.ofSeconds(60), Duration.ofMillis(59_900)), NOON.plusSeconds(4), 0)),
            "hash", new Mark(NOON, "boot", 6), List.of(Long.MIN_VALUE, 5L), Map.of(new Target(Kind.HOST, "db"), STALE));
    private static final String HEAD_TEXT = "{\"v\":1,\"speaker\":{\"boot\":\"boot\",\"former\":\"\",\"offset\":\"PT-5M-0.5S\","
            + "\"received\":\"2026-11-20T12:00:00.125Z\",\"said\":\"2026-11-20T12:00:01.125Z\",\"paced\":3,"
            + "\"rival\":\"2026-11-20T12:00:02.125Z\"},\"groups\":[{\"key\":\"-\",\"interval\":\"PT10S\","
            + "\"heard\":\"2026-11-20T12:00:00.125Z\",\"mark\":{\"at\":\"2026-11-20T12:00:00.125Z\"},"
            + "\"gaps\":[\"PT1M\",\"PT59.9S\"],\"silent\":\"2026-11-20T12:00:04.125Z\"}],\"config\":\"hash\","
            + "\"listed\":{\"at\":\"2026-11-20T12:00:00.125Z\",\"boot\":\"boot\",\"sequence\":6},"
            + "\"prints\":[-9223372036854775808,5]}";

    @Test
    void aTargetIsWrittenSo() {
        assertThat(StateCodec.state(STALE)).isEqualTo(STALE_TEXT);
        assertThat(StateCodec.state(STALE_TEXT)).isEqualTo(STALE);
    }

    @Test
    void whatATargetHasNotIsNotWritten() {
        TargetState up = new TargetState(Health.UP, null, null, null, NOON, null, null, "-", false, new Mark(NOON, null, 0),
                null, false);
        String text = "{\"health\":\"UP\",\"since\":\"2026-11-20T12:00:00.125Z\",\"group\":\"-\","
                + "\"mark\":{\"at\":\"2026-11-20T12:00:00.125Z\"}}";
        assertThat(StateCodec.state(up)).isEqualTo(text);
        assertThat(StateCodec.state(text)).isEqualTo(up);
    }

    @Test
    void howFirmlyAHealthStandsIsWrittenSo() {
        TargetState shaky = new TargetState(Health.UP, null, Reason.TIMED_OUT, null, NOON, null, null, "-", false,
                new Mark(NOON, null, 0), null, false, new Steadiness(2, Long.MIN_VALUE | 5, 1L << 40, true), Diary.EMPTY);
        String text = "{\"health\":\"UP\",\"reason\":\"TIMED_OUT\",\"since\":\"2026-11-20T12:00:00.125Z\",\"group\":\"-\","
                + "\"mark\":{\"at\":\"2026-11-20T12:00:00.125Z\"},\"streak\":2,\"flips\":-9223372036854775803,"
                + "\"beat\":1099511627776,\"flapping\":true}";
        assertThat(StateCodec.state(shaky)).isEqualTo(text);
        assertThat(StateCodec.state(text)).isEqualTo(shaky);
    }

    @Test
    void theTimeOfADiaryIsWrittenWithItsTarget() {
        TargetState up = new TargetState(Health.UP, null, null, null, NOON, null, null, "-", false, new Mark(NOON, null, 0),
                null, false)
                .with(new Diary(NOON, List.of(new Diary.Stay("10000/1", NOON.plusSeconds(5))), Minutes.NONE, Minutes.NONE));
        String text = "{\"health\":\"UP\",\"since\":\"2026-11-20T12:00:00.125Z\",\"group\":\"-\","
                + "\"mark\":{\"at\":\"2026-11-20T12:00:00.125Z\"},\"known\":\"2026-11-20T12:00:00.125Z\","
                + "\"stays\":[{\"group\":\"10000/1\",\"until\":\"2026-11-20T12:00:05.125Z\"}]}";
        assertThat(StateCodec.state(up)).isEqualTo(text);
        assertThat(StateCodec.state(text)).isEqualTo(up);
        assertThat(StateCodec.state(text.replace("[{", "[7,{\"group\":\"x\"},{\"more\":1,"))).isEqualTo(up);
    }

    @Test
    void theClosedHourIsPartOfTheHead() {
        SourceState closed = new SourceState("s", 9, HEAD.speaker(), HEAD.groups(), HEAD.config(), HEAD.listed(), HEAD.prints(),
                HEAD.targets(), Map.of(), 498_634);
        String text = HEAD_TEXT.replace("\"config\"", "\"closed\":498634,\"config\"");
        assertThat(StateCodec.head(closed)).isEqualTo(text);
        assertThat(StateCodec.state("s", 9, text, HEAD.targets())).isEqualTo(closed);
    }

    @Test
    void aHeadIsWrittenSo() {
        assertThat(StateCodec.head(HEAD)).isEqualTo(HEAD_TEXT);
        assertThat(StateCodec.state("s", 9, HEAD_TEXT, HEAD.targets())).isEqualTo(HEAD);
    }

    @Test
    void theHeadOfAnUnheardSourceIsReadAsItWas() {
        SourceState unheard = SourceState.unheard("s");
        assertThat(StateCodec.state("s", 0, StateCodec.head(unheard), Map.of())).isEqualTo(unheard);
    }

    @Test
    void aTransitionIsWrittenSo() {
        Transition transition = new Transition("s", new Target(Kind.QUEUE, "a:b"), Health.UP, null, NOON, Reason.RETIRED,
                "gone");
        String text = "{\"source\":\"s\",\"target\":\"queue:a:b\",\"from\":\"UP\",\"at\":\"2026-11-20T12:00:00.125Z\","
                + "\"reason\":\"RETIRED\",\"detail\":\"gone\"}";
        assertThat(StateCodec.transition(transition)).isEqualTo(text);
        assertThat(StateCodec.transition(text)).isEqualTo(transition);
    }

    @Test
    void aTransitionOfASourceAsAWholeIsWrittenSo() {
        Transition transition = new Transition("s", null, Health.STALE, Health.UP, NOON, null, "heard again",
                Duration.ofSeconds(252), Telling.PART);
        String text = "{\"source\":\"s\",\"from\":\"STALE\",\"to\":\"UP\",\"at\":\"2026-11-20T12:00:00.125Z\","
                + "\"detail\":\"heard again\",\"lasted\":\"PT4M12S\",\"telling\":\"PART\"}";
        assertThat(StateCodec.transition(transition)).isEqualTo(text);
        assertThat(StateCodec.transition(text)).isEqualTo(transition);
    }

    @Test
    void whatANewerVersionAddsIsIgnored() {
        String newer = STALE_TEXT.replaceFirst("\\{", "{\"more\":{\"health\":\"UP\",\"deep\":[[{}]]},");
        assertThat(StateCodec.state(newer)).isEqualTo(STALE);
        String newerHead = HEAD_TEXT.replace("\"v\":1", "\"v\":2,\"groups2\":[{\"key\":\"x\"}]")
                .replace("\"paced\":3", "\"paced\":3,\"more\":[1]")
                .replace("\"key\":\"-\"", "\"key\":\"-\",\"more\":{\"a\":1}");
        assertThat(StateCodec.state("s", 9, newerHead, HEAD.targets())).isEqualTo(HEAD);
    }

    @Test
    void wordsOfANewerVersionAreReadAsUnknown() {
        TargetState read = StateCodec.state("{\"health\":\"DOZING\",\"reason\":\"TIRED\",\"since\":\"2026-11-20T12:00:00Z\"}");
        assertThat(read.health()).isEqualTo(Health.UNKNOWN);
        assertThat(read.reason()).isEqualTo(Reason.UNSTATED);
        assertThat(StateCodec.target("robot:r2d2")).isNull();
        assertThat(StateCodec.transition("{\"source\":\"s\",\"target\":\"robot:r2d2\",\"at\":\"2026-11-20T12:00:00Z\"}"))
                .isNull();
    }

    @Test
    void whatIsMissingHasItsDefault() {
        TargetState read = StateCodec.state("{}");
        assertThat(read).isEqualTo(new TargetState(Health.UNKNOWN, null, null, null, Instant.EPOCH, null, null, "-", false,
                new Mark(Instant.EPOCH, null, 0), null, false));
        assertThat(StateCodec.state("s", 0, "{}", Map.of())).isEqualTo(SourceState.unheard("s"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "[]", "{", "{\"since\":\"yesterday\"}", "{\"health\":" })
    void brokenTextIsAFault(String text) {
        assertThatThrownBy(() -> StateCodec.state(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(StateCodec.transition(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"health\":1,\"group\":null,\"mark\":[{\"at\":1}],\"rides\":\"yes\",\"since\":{}}",
            "{\"health\":{\"since\":1},\"mark\":{\"sequence\":\"x\"}}" })
    void aValueOfAnotherTypeIsMissing(String text) {
        assertThat(StateCodec.state(text)).isEqualTo(StateCodec.state("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "db", "a:b", "", " ", "å 😀\n\t*", "queue:x" })
    void everyNameHasItsField(String name) {
        for (Kind kind : Kind.values()) {
            Target target = new Target(kind, name);
            assertThat(StateCodec.field(target)).isEqualTo(kind.word() + ":" + name);
            assertThat(StateCodec.target(StateCodec.field(target))).isEqualTo(target);
        }
    }
}
