package dev.heartbeat.model;

import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.unknown;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written of a change, and is it read back as it was? */
class StoredFieldsTest {
    private static final int HOUR = 3600;
    private static final long TEN = Minutes.hour(Saying.START);

    private final Story story = new Story();
    private final Map<String, String> stored = new HashMap<>();
    private int sequence;

    @Test
    void aMinuteWritesOneFieldPerGroupAndPerTargetThatIsNotUp() {
        hears(0, up("db"), up("web"), up("mail"));
        hears(60, up("db"), down("web"), unknown("mail"));

        StoredFields fields = hears(120, up("db"), down("web"), unknown("mail"));

        assertThat(fields.written()).containsExactlyInAnyOrderEntriesOf(Map.of(
                "heard:" + TEN + ":60000", "7",
                "minutes:" + TEN + ":host:web", "6",
                "minutes:" + TEN + ":host:mail", "0:6"));
        assertThat(fields.deleted()).isEmpty();
        assertThat(fields.dropped()).isEmpty();
    }

    @Test
    void theSameMinuteWritesNothing() {
        hears(0, down("db"));
        hears(10, down("db"));

        assertThat(hears(20, down("db")).written()).isEmpty();
    }

    @Test
    void anHourThatIsClosedIsDroppedAndCounted() {
        hears(0, up("db"), down("a:b"));
        hears(24 * HOUR, unknown("a:b"), up("db"));

        StoredFields fields = hears(49 * HOUR, up("db"), up("a:b"));

        long day = Minutes.day(Saying.START);
        assertThat(fields.dropped()).containsExactlyInAnyOrder("heard:" + TEN + ":60000", "minutes:" + TEN + ":host:a:b");
        assertThat(fields.written()).containsEntry("heard-days:60000", day + ":1").containsEntry("days:host:a:b", day + ":1")
                .doesNotContainKey("days:host:db");

        assertThat(hears(120 * HOUR, up("db"), up("a:b")).written()).containsEntry("heard-days:60000", day + ":1,1,1")
                .containsEntry("days:host:a:b", day + ":1,/1");
    }

    @Test
    void aTargetThatIsRetiredLeavesNoMinutes() {
        hears(0, up("db"), down("web"));
        hears(50 * HOUR, up("db"), down("web"));

        StoredFields fields = commit(ours("a", ++sequence, 50 * HOUR + 60, up("db")).every(60).listing("db"));

        assertThat(fields.deleted()).containsExactly("host:web");
        assertThat(fields.dropped()).containsExactlyInAnyOrder("minutes:" + (TEN + 50) + ":host:web", "days:host:web");
        assertThat(stored.keySet()).noneMatch(field -> field.contains("web"));
    }

    @Test
    void olderVersionsKnowNoKindOfTheseWords() {
        assertThat(List.of("minutes:5:host:db", "days:host:db", "heard:5:60000", "heard-days:60000"))
                .allSatisfy(field -> assertThat(StateCodec.target(field)).isNull());
    }

    @Test
    void whatANewerVersionWritesIsSkipped() {
        StateDraft draft = new StateDraft(SourceState.unheard("s"));
        draft.read("robot:r2d2", "{}");
        draft.read("minutes:5:robot:r2d2", "7");
        draft.read("minutes:5:host:nobody", "7");
        draft.read("days:host:nobody", "20000:1");

        assertThat(draft.state(0, "{}")).isEqualTo(SourceState.unheard("s"));
    }

    @Test
    void theSecondLifeOfATargetHasNoMinutesOfTheFirst() {
        hears(0, up("db"), down("web"));
        SourceState before = story.state();
        Set<String> changed = new HashSet<>(commit(ours("a", ++sequence, 60, up("db")).every(60).listing("db")).deleted());
        changed.addAll(
                commit(ours("a", ++sequence, 120, up("db"), up("web")).every(60).listing("db", "web")).written().keySet());

        assertSame(read(before, changed));
    }

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoReadsAllAndWhoReadsWhatChangedKnowWhatTheWriterKnows(long seed) {
        Random random = new Random(seed);
        SourceState lagging = story.state();
        Set<String> changed = new HashSet<>();
        for (Saying saying : Chronicle.wild(seed)) {
            // Days pass between some of them, so that hours are closed.
            int later = sequence / 20 * 30 * HOUR;
            sequence++;
            StoredFields fields = commit(saying.byClockAhead(later).receivedAt(saying.received() + later));
            changed.addAll(fields.written().keySet());
            changed.addAll(fields.deleted());
            changed.removeAll(fields.dropped());
            if (random.nextInt(10) == 0) {
                lagging = read(lagging, changed);
                changed.clear();
                assertSame(lagging);
                assertSame(read(SourceState.unheard(lagging.source()), stored.keySet()));
            }
        }
    }

    /** What stands in the state of a target that rides may lag behind; what is asked of it may not. */
    private void assertSame(SourceState read) {
        SourceState state = story.state();
        assertThat(read.heard()).isEqualTo(state.heard());
        assertThat(read.closed()).isEqualTo(state.closed());
        assertThat(read.targets().keySet()).isEqualTo(state.targets().keySet());
        state.targets().forEach((target, known) -> assertThat(read.targets().get(target).diary()).isEqualTo(known.diary()));
    }

    private SourceState read(SourceState former, Set<String> fields) {
        StateDraft draft = new StateDraft(former);
        fields.forEach(field -> draft.read(field, stored.get(field)));
        return draft.state(story.state().version(), StateCodec.head(story.state()));
    }

    private StoredFields hears(double second, Saying.Word... words) {
        return commit(ours("a", ++sequence, second, words).every(60));
    }

    private StoredFields commit(Saying saying) {
        story.hears(saying);
        StoredFields fields = StoredFields.of(story.last());
        stored.putAll(fields.written());
        stored.keySet().removeAll(fields.deleted());
        stored.keySet().removeAll(fields.dropped());
        return fields;
    }
}
