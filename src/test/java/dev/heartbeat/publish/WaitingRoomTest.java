package dev.heartbeat.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.heartbeat.transport.InVainException;
import dev.heartbeat.transport.LogRecord;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

class WaitingRoomTest {
    private final List<String> sent = new ArrayList<>();
    private final List<UniEmitter<? super Void>> onTheirWay = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<UniEmitter<? super Void>> resting = new ArrayList<>();
    private final WaitingRoom room = new WaitingRoom(3, 1000, this::send, this::pause);

    private Uni<Void> send(Waiting waiting) {
        sent.add(waiting.id());
        return Uni.createFrom().emitter(onTheirWay::add);
    }

    private Uni<Void> pause(Duration time) {
        pauses.add(time);
        return Uni.createFrom().emitter(resting::add);
    }

    private static Waiting heartbeat(int id, int bytes) {
        return new Waiting(String.valueOf(id), Instant.EPOCH, new byte[bytes]);
    }

    private void add(int... ids) {
        IntStream.of(ids).forEach(id -> room.add(heartbeat(id, 10)));
    }

    private void confirm() {
        onTheirWay.remove(0).complete(null);
    }

    private void refuse() {
        onTheirWay.remove(0).fail(new IllegalStateException("refused"));
    }

    private void refuseInVain() {
        onTheirWay.remove(0).fail(new InVainException("refused"));
    }

    /** To that topic. */
    private void add(int id, String topic) {
        room.add(new Waiting(String.valueOf(id), Instant.EPOCH, new byte[0],
                List.of(new LogRecord(topic, "key", new byte[10]))));
    }

    private void rest() {
        resting.remove(0).complete(null);
    }

    @Test
    void nothingIsSentWhileThereIsNoLink() {
        add(1, 2);
        assertThat(sent).isEmpty();
        assertThat(room.size()).isEqualTo(2);
    }

    @Test
    void whatWaitedGoesOutInOrderOnceTheLinkIsUp() {
        add(1, 2, 3);
        room.link(true);
        confirm();
        confirm();
        confirm();
        assertThat(sent).containsExactly("1", "2", "3");
        assertThat(room.size()).isZero();
    }

    @Test
    void whatIsSentAgainIsSentTwiceAndConfirmedOnce() {
        add(1);
        assertThat(room.bytes()).isEqualTo(10);
        room.link(true);
        refuse();
        rest();
        confirm();
        assertThat(room.tries()).isEqualTo(2);
        assertThat(room.sent()).isEqualTo(1);
        assertThat(room.bytes()).isZero();
    }

    @Test
    void oneIsOnItsWayAtATime() {
        room.link(true);
        add(1, 2);
        assertThat(sent).containsExactly("1");
    }

    @Test
    void theOldestGivesWayWhenTooManyWait() {
        add(1, 2, 3, 4, 5);
        room.link(true);
        confirm();
        confirm();
        confirm();
        assertThat(sent).containsExactly("3", "4", "5");
        assertThat(room.dropped()).isEqualTo(2);
    }

    @Test
    void theOldestGivesWayWhenTooManyBytesWait() {
        room.add(heartbeat(1, 600));
        room.add(heartbeat(2, 600));
        room.link(true);
        assertThat(sent).containsExactly("2");
    }

    @Test
    void theBytesOfRecordsCountAsWell() {
        List<LogRecord> records = List.of(new LogRecord(null, "key", new byte[300]), new LogRecord(null, "key", new byte[300]));
        room.add(new Waiting("1", Instant.EPOCH, new byte[0], records));
        room.add(new Waiting("2", Instant.EPOCH, new byte[0], records));
        room.link(true);
        assertThat(sent).containsExactly("2");
        confirm();
        room.link(false);
        room.add(heartbeat(3, 500));
        room.add(heartbeat(4, 500));
        assertThat(room.size()).isEqualTo(2);
    }

    @Test
    void oneThatIsLargerThanAllThatMayWaitIsSentAllTheSame() {
        room.add(heartbeat(1, 5000));
        room.link(true);
        assertThat(sent).containsExactly("1");
    }

    @Test
    void theOneOnItsWayIsNeverTheOneToGiveWay() {
        room.link(true);
        add(1, 2, 3, 4);
        confirm();
        confirm();
        assertThat(sent).containsExactly("1", "3", "4");
    }

    @Test
    void whatFailedIsTriedAgainFirst() {
        room.link(true);
        add(1, 2);
        refuse();
        rest();
        confirm();
        assertThat(sent).containsExactly("1", "1", "2");
    }

    @Test
    void failuresAreTriedLessAndLessOften() {
        room.link(true);
        add(1);
        IntStream.range(0, 8).forEach(i -> {
            refuse();
            rest();
        });
        assertThat(pauses).isSorted().startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2))
                .satisfies(all -> assertThat(all.get(all.size() - 1)).isLessThanOrEqualTo(Duration.ofSeconds(30)));
    }

    @Test
    void whatFailsInVainLetsPassWhatGoesElsewhere() {
        room.link(true);
        add(1, "closed");
        add(2, "open");
        refuseInVain();
        confirm();
        add(3, "open");
        confirm();
        assertThat(sent).containsExactly("1", "2", "3");
        assertThat(room.sent()).isEqualTo(2);
        assertThat(room.size()).isEqualTo(1);
    }

    @Test
    void whatGoesTheSameWayWaitsInOrderForTheOneThatFailedInVain() {
        room.link(true);
        add(1, "closed");
        refuseInVain();
        add(2, "closed");
        assertThat(sent).containsExactly("1");
        rest();
        confirm();
        confirm();
        assertThat(sent).containsExactly("1", "1", "2");
        assertThat(room.size()).isZero();
    }

    @Test
    void theNewestOfWhatFailsInVainAreKeptAndAllOthersPass() {
        room.link(true);
        add(1, "closed");
        refuseInVain();
        add(2, null);
        confirm();
        IntStream.rangeClosed(3, 6).forEach(id -> add(id, "closed"));
        add(7, null);
        confirm();
        rest();
        confirm();
        confirm();
        assertThat(sent).containsExactly("1", "2", "7", "5", "6");
        assertThat(room.dropped()).isEqualTo(3);
    }

    @Test
    void whatIsOnItsWayBehindOthersIsNotTheOneToGiveWay() {
        room.link(true);
        add(1, "closed");
        refuseInVain();
        add(2, "open");
        add(3, "open");
        add(4, "open");
        add(5, "open");
        confirm();
        confirm();
        assertThat(sent).containsExactly("1", "2", "4", "5");
    }

    @Test
    void whatFailsInVainIsTriedLessAndLessOftenWhateverElseIsSent() {
        room.link(true);
        add(1, "closed");
        refuseInVain();
        add(2, "open");
        confirm();
        rest();
        refuseInVain();
        add(3, "open");
        confirm();
        rest();
        refuseInVain();
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void whatFailedInVainIsTriedAtOnceWhenTheLinkHasNewsAndTheFormerPauseCountsNoMore() {
        room.link(true);
        add(1, "closed");
        refuseInVain();
        room.link(true);
        refuseInVain();
        rest();
        assertThat(sent).containsExactly("1", "1");
        rest();
        assertThat(sent).containsExactly("1", "1", "1");
    }

    @Test
    void emptyIsWhenTheLastWasConfirmed() {
        room.link(true);
        add(1);
        List<String> told = new ArrayList<>();
        room.whenEmpty().subscribe().with(ignored -> told.add("empty"));
        assertThat(told).isEmpty();
        confirm();
        assertThat(told).containsExactly("empty");
    }

    @Test
    void anEmptyRoomIsEmptyAtOnce() {
        List<String> told = new ArrayList<>();
        room.whenEmpty().subscribe().with(ignored -> told.add("empty"));
        assertThat(told).containsExactly("empty");
    }
}
