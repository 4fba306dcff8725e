package dev.heartbeat.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.HeartbeatWriter;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Policy;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Targets;
import dev.heartbeat.model.TargetsDifference;
import dev.heartbeat.probe.Rounds;
import dev.heartbeat.transport.Envelope;
import dev.heartbeat.transport.KafkaConfig;
import dev.heartbeat.transport.Links;
import dev.heartbeat.transport.Links.Side;
import dev.heartbeat.transport.TraceSpan;
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
    /** What the newest list has named beside the targets of the file. */
    private Set<Target> discovered = Set.of();
    private Watched watched;
    /** The most targets that there ever were at a time: what is told apart from the rounds is a part behind all of theirs. */
    private int most = 1;
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
        Watched first = Watched.of(all, config.interval());
        synchronized (this) {
            source = sourceName;
            own = SourceState.unheard(sourceName);
            watch(first);
        }
        links.listen(Side.OUT, this::link);
        rounds.start(all.specs(), config.interval(), found -> tell(first, found));
    }

    /**
     * Asks these from now on. The list of targets is told at once, and after it nothing of what is not in it. Nothing has
     * changed
     * when this fails.
     */
    public TargetsDifference follow(Targets all) {
        Watched next = Watched.of(all, config.interval());
        Runnable turn = rounds.follow(all.specs(), found -> tell(next, found));
        TargetsDifference difference;
        synchronized (this) {
            difference = TargetsDifference.of(watched.targets(), all);
            watch(next);
            if (!difference.isNone()) {
                list(Instant.ofEpochMilli(System.currentTimeMillis()));
            }
        }
        // Even where nothing is different: the files of certificates that it names may hold others.
        turn.run();
        return difference;
    }

    private void watch(Watched next) {
        watched = next;
        most = Math.max(most, next.named().size());
    }

    /** What is asked now. */
    public synchronized Targets targets() {
        return watched.targets();
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

    /** What the newest rounds found, judged like everything that is heard; empty before the start. */
    public Optional<SourceState> ownState() {
        return Optional.ofNullable(own);
    }

    /** What waits for the link, and what became of the rest. */
    public WaitingRoom room() {
        return room;
    }

    /** Rounds back to back wait here for the one before to be sent, and for a second while there is no link. */
    private synchronized Uni<Void> tell(Watched by, Rounds.Found found) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        found.trace().with("heartbeat.source", source);
        List<Observation> all = by.told(found, watched);
        most = found.first() ? most : Math.max(most, all.size());
        int ahead = found.first() ? most + 1 : 0;
        int partsAhead = found.first() ? parts(most) + 1 : 0;
        int parts = parts(all.size());
        Set<Target> beside = watched.meant(rounds.discovered());
        // What is gone is retired at once; what came needs no list to be heard of.
        boolean anew = !beside.containsAll(discovered);
        for (int part = 1; part <= parts; part++) {
            boolean list = part == 1 && (listAnew.getAndSet(false) || anew || now.isAfter(listed.plus(LIST_EVERY)));
            listed = list ? now : listed;
            discovered = list ? beside : discovered;
            int before = (part - 1) * PART;
            List<Observation> own = all.subList(before, Math.min(all.size(), before + PART));
            sequence += asRecords ? own.size() : 1;
            say(new Heartbeat(source, boot, sequence, now, found.interval(), partsAhead + part, partsAhead + parts,
                    watched.targets().hash(), list ? watched.all(beside) : null, own), by, ahead + before, ahead + all.size(),
                    found.trace());
        }
        return found.interval().isZero() ? room.whenEmpty().ifNoItem().after(PACE_WITHOUT_LINK).recoverWithItem(() -> null)
                : Uni.createFrom().voidItem();
    }

    private static int parts(int targets) {
        return (targets + PART - 1) / PART;
    }

    /** Says which targets there are, and of none of them how it is; the next round says it again, should this be dropped. */
    private void list(Instant now) {
        int part = (asRecords ? most : parts(most)) + 1;
        listAnew.set(true);
        listed = now;
        sequence++;
        say(new Heartbeat(source, boot, sequence, now, watched.shortest(config.interval()), part, part,
                watched.targets().hash(), watched.all(watched.unknown()), List.of()), watched, part - 1, part, TraceSpan.NONE);
    }

    private void say(Heartbeat heartbeat, Watched by, int before, int all, TraceSpan trace) {
        Instant now = heartbeat.at();
        own = own.hear(List.of(new Heard(heartbeat, now, false, 0)), Policy.DEFAULT).next();
        String id = boot + "/" + heartbeat.sequence();
        Waiting waiting = !asRecords ? new Waiting(id, now, HeartbeatWriter.write(heartbeat), List.of(), trace)
                : new Waiting(id, now, new byte[0],
                        new Records(kafka.layout(), by::topic).of(heartbeat, before, all), trace);
        if (!asRecords || !waiting.records().isEmpty()) {
            room.add(waiting);
        }
    }
}
