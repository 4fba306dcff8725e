package dev.heartbeat.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Position;
import dev.heartbeat.store.HistoryStore;
import dev.heartbeat.store.RowRefusedException;
import dev.heartbeat.transport.Delivery;
import dev.heartbeat.transport.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** In which order is what comes kept, and what happens when it can not be? */
class InletTest {
    private static final String BODY = """
            {"version":1,"source":"s","at":"2026-11-21T12:00:00Z","interval":5,"boot":"b","sequence":%d,"observations":[
             {"kind":"website","name":"%s","outcome":"up","at":"2026-11-21T12:00:00Z"}]}""";
    private final List<String> story = new CopyOnWriteArrayList<>();
    private final Told history = new Told();
    private final Reception reception = new Reception(new SimpleMeterRegistry());
    private final Deque<Runnable> work = new ConcurrentLinkedDeque<>();

    /** A history that says what it is given, and fails as it is told to. */
    private final class Told implements HistoryStore {
        private final List<Throwable> failures = new ArrayList<>();
        private String refused;

        @Override
        public Uni<Void> start() {
            story.add("ready");
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> write(List<HistoryRow> rows) {
            if (!failures.isEmpty()) {
                story.add("away");
                return Uni.createFrom().failure(failures.remove(0));
            }
            rows.forEach(row -> story.add("row " + row.observation().target().name()));
            return rows.stream().filter(row -> row.observation().target().name().equals(refused)).findFirst()
                    .map(row -> Uni.createFrom().<Void> failure(new RowRefusedException(Map.of(row, "too odd"))))
                    .orElseGet(() -> Uni.createFrom().voidItem());
        }

        @Override
        public Uni<Void> ping() {
            return Uni.createFrom().voidItem();
        }
    }

    @Test
    void whatIsHeardIsInTheHistoryBeforeItIsAcknowledged() {
        take(List.of(message("a", 1), message("b", 2)));
        assertThat(story).containsExactly("ready", "row a", "row b", "ack a", "ack b");
        assertThat(reception.heard()).isEqualTo(2);
    }

    @Test
    void whileTheHistoryIsAwayNothingIsAcknowledgedAndAfterwardsAll() {
        history.failures.add(new IllegalStateException("connection refused"));
        history.failures.add(new IllegalStateException("connection refused"));
        take(List.of(message("a", 1)));
        Awaitility.await().until(() -> {
            work();
            return story.contains("ack a");
        });
        assertThat(story).containsExactly("ready", "away", "away", "row a", "ack a");
    }

    @Test
    void whatTheHistoryRefusesIsParkedAloneWithTheReason() {
        history.refused = "b";
        take(List.of(message("a", 1), message("b", 2), message("c", 3)));
        assertThat(story).endsWith("ack a", "too odd: b", "ack c");
    }

    @Test
    void whatIsNoHeartbeatIsParkedAndTheRestGoesOn() {
        take(List.of(message("a", 1), message("[]", "poison"), message("c", 2)));
        assertThat(story).startsWith("ready", "row a", "row c", "ack a", "ack c");
        assertThat(story.get(5)).endsWith(": poison");
    }

    @Test
    void whatTakesLongToBeParkedHoldsUpNoBatch() {
        CompletableFuture<Void> parked = new CompletableFuture<>();
        List<Message<byte[]>> messages = new ArrayList<>(List.of(message("[]", "poison").withNack(why -> parked)));
        for (int i = 0; i <= 2 * Intake.MOST_COUNT; i++) {
            messages.add(message("m" + i, i + 1));
        }
        take(messages);
        assertThat(parked).isNotDone();
        assertThat(story).contains("ack m" + 2 * Intake.MOST_COUNT);
    }

    /** While the history takes the first batch the second is read; it is written after it, however long that takes. */
    @Test
    void batchesGoIntoTheHistoryInTheOrderInWhichTheyCame() {
        history.failures.add(new IllegalStateException("connection refused"));
        List<Message<byte[]>> messages = new ArrayList<>();
        for (int i = 0; i <= Intake.MOST_COUNT; i++) {
            messages.add(message("m" + i, i + 1));
        }
        take(messages);
        Awaitility.await().until(() -> {
            work();
            return story.contains("ack m" + Intake.MOST_COUNT);
        });
        assertThat(story.stream().filter(line -> line.startsWith("row ")).toList())
                .containsExactlyElementsOf(IntStream.rangeClosed(0, Intake.MOST_COUNT).mapToObj(i -> "row m" + i).toList());
        assertThat(reception.heard()).isEqualTo(Intake.MOST_COUNT + 1);
    }

    private void take(List<Message<byte[]>> messages) {
        Inflow inflow = new Inflow("topic t", Multi.createFrom().iterable(messages), history, false);
        Insistence onHistory = new Insistence("the history", RowRefusedException.class::isInstance, () -> {
        }, () -> {
        });
        Inlet inlet = new Inlet(inflow, null, onHistory, onHistory, reception, Traces.OFF, work::add);
        inlet.prepare().subscribe().with(ready -> inlet.open());
        work();
    }

    private void work() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    private Message<byte[]> message(String name, int sequence) {
        return message(BODY.formatted(sequence, name), name);
    }

    private Message<byte[]> message(String body, String name) {
        Delivery delivery = new Delivery(Instant.parse("2026-11-21T12:00:01Z"), false, new Position("t", 0, 1));
        return Message.of(body.getBytes(StandardCharsets.UTF_8))
                .addMetadata(delivery)
                .withAck(() -> said("ack " + name))
                .withNack(why -> said(why.getMessage() + ": " + name));
    }

    private CompletionStage<Void> said(String words) {
        story.add(words);
        return CompletableFuture.completedFuture(null);
    }
}
