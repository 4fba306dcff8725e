package dev.heartbeat.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

import dev.heartbeat.model.Asked;
import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.HeartbeatWriter;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Policy;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Targets;
import dev.heartbeat.probe.Rounds;
import dev.heartbeat.publish.WaitingRoom.Waiting;
import dev.heartbeat.transport.Envelope;
import dev.heartbeat.transport.KafkaConfig;
import dev.heartbeat.transport.Links;
import dev.heartbeat.transport.Links.Side;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;

/** What does this publisher tell the other side? Every round becomes a heartbeat, or several when it is very large. */
@ApplicationScoped
public class Publisher {
    /** So many targets leave in one heartbeat. */
    static final int PART = 10_000;
    private static final Duration LIST_EVERY = Duration.ofHours(1);
    private static final Duration TO_FLUSH = Duration.ofSeconds(3);
    /** While the link is down, rounds back to back are made no oftener than this. */
    private static final Duration PACE_WITHOUT_LINK = Duration.ofSeconds(1);
    private static final String JSON = "application/json";
    /** The transport that carries records and not whole heartbeats. */
    private static final String LOG = "kafka";
    private static final DateTimeFormatter BOOT = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final PublishConfig config;
    private final KafkaConfig kafka;
    private final boolean asRecords;
    private final Rounds rounds;
    private final Links links;
    private final WaitingRoom room;
    private final String boot = BOOT.format(Instant.now()) + "-" + Integer.toHexString(ThreadLocalRandom.current().nextInt());
    private final AtomicBoolean listAnew = new AtomicBoolean(true);
    private String source;
    private Targets targets;
    private Set<Target> named;
    private Map<Target, Asked> asked;
    private Records records;
    private long sequence;
    private Instant listed;
    private volatile SourceState own;

    Publisher(PublishConfig config, Rounds rounds, Links links, KafkaConfig kafka,
            @ConfigProperty(name = "heartbeat.transport") Optional<String> transport,
            @Channel("heartbeats-out") MutinyEmitter<byte[]> emitter) {
        this.config = config;
        this.kafka = kafka;
        this.asRecords = transport.map(String::strip).filter(LOG::equalsIgnoreCase).isPresent();
        this.rounds = rounds;
        this.links = links;
        this.room = new WaitingRoom(config.bufferCount(), config.bufferBytes(),
                waiting -> emitter.sendMessage(message(waiting)),
                Publisher::pause);
    }

    private static Uni<Void> pause(Duration time) {
        return Uni.createFrom().voidItem().onItem().delayIt().by(time);
    }

    private static Message<byte[]> message(Waiting waiting) {
        return Message.of(waiting.body(), Metadata.of(new Envelope(waiting.id(), waiting.at(), JSON, waiting.records(),
                waiting.trace())));
    }

    /** Begins to probe and to tell, under that source's name. */
    public void start(String sourceName, Targets all) {
        source = sourceName;
        targets = all;
        named = all.all();
        asked = all.asked();
        records = new Records(kafka.layout(), all.topics()::get);
        own = SourceState.unheard(sourceName);
        links.listen(Side.OUT, this::link);
        rounds.start(all.specs(), config.interval(), this::tell);
    }

    /**
     * What was dropped while there was no link may have been the list of targets: it is told anew. Takes no lock of ours: the
     * link calls this under its own, and whoever tells holds ours while asking the link.
     */
    private void link(Links.Status status) {
        listAnew.set(true);
        room.link(status.up());
    }

    /** Stops asking and sends what waits; completes within six seconds, whatever is left. */
    public Uni<Void> stop() {
        return rounds.stop()
                .chain(room::whenEmpty)
                .ifNoItem().after(TO_FLUSH.multipliedBy(2)).recoverWithItem(() -> null)
                .replaceWithVoid();
    }

    /** What the newest rounds found, judged like everything that is heard. */
    public SourceState ownState() {
        return own;
    }

    /** What waits for the link, and what became of the rest. */
    public WaitingRoom room() {
        return room;
    }

    /** Rounds back to back wait here for the one before to be sent, and for a second while there is no link. */
    private synchronized Uni<Void> tell(Rounds.Found found) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        found.trace().with("heartbeat.source", source);
        for (Heartbeat heartbeat : heartbeats(found, now)) {
            own = own.hear(List.of(new Heard(heartbeat, now, false, 0)), Policy.DEFAULT).next();
            Waiting waiting = waiting(heartbeat, found, now);
            if (!asRecords || !waiting.records().isEmpty()) {
                room.add(waiting);
            }
        }
        return found.interval().isZero() ? room.whenEmpty().ifNoItem().after(PACE_WITHOUT_LINK).recoverWithItem(() -> null)
                : Uni.createFrom().voidItem();
    }

    private Waiting waiting(Heartbeat heartbeat, Rounds.Found found, Instant now) {
        String id = boot + "/" + heartbeat.sequence();
        int all = found.observations().size();
        return asRecords
                ? new Waiting(id, now, new byte[0], records.of(heartbeat, (heartbeat.part() - 1) * PART, all), found.trace())
                : new Waiting(id, now, HeartbeatWriter.write(heartbeat), List.of(), found.trace());
    }

    private List<Heartbeat> heartbeats(Rounds.Found found, Instant now) {
        List<Observation> all = found.observations().stream().map(this::asked).toList();
        int parts = (all.size() + PART - 1) / PART;
        List<Heartbeat> heartbeats = new ArrayList<>(parts);
        for (int part = 1; part <= parts; part++) {
            boolean list = part == 1 && (listAnew.getAndSet(false) || now.isAfter(listed.plus(LIST_EVERY)));
            listed = list ? now : listed;
            List<Observation> own = all.subList((part - 1) * PART, Math.min(all.size(), part * PART));
            sequence += asRecords ? own.size() : 1;
            heartbeats.add(new Heartbeat(source, boot, sequence, now, found.interval(), part, parts, targets.hash(),
                    list ? named : null, own));
        }
        return heartbeats;
    }

    private Observation asked(Observation said) {
        Asked question = asked.get(said.target());
        return question == null ? said
                : new Observation(said.target(), said.outcome(), said.at(), said.latency(), said.evidence(), question);
    }
}
