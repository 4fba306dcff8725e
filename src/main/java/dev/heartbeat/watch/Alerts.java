package dev.heartbeat.watch;

import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import org.jboss.logging.Logger;

import dev.heartbeat.model.AlertRules;
import dev.heartbeat.model.Maintenance;
import dev.heartbeat.store.StateStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Who is told of what is not up? Runs one lane per receiver that the settings name. */
@ApplicationScoped
public class Alerts {
    private static final Logger LOG = Logger.getLogger(Alerts.class);
    private static final long TURN_MILLIS = 1000;

    private final AlertConfig config;
    private final StateStore store;
    private final Instance<ReactiveMailer> mailer;
    private final Vertx vertx;
    private final MeterRegistry registry;
    private volatile List<AlertLane> lanes;

    Alerts(AlertConfig config, StateStore store, Instance<ReactiveMailer> mailer, Vertx vertx, MeterRegistry registry) {
        this.config = config;
        this.store = store;
        this.mailer = mailer;
        this.vertx = vertx;
        this.registry = registry;
    }

    /**
     * What happens from now on is told; to be called before anything is heard, once the store has been started, and again when
     * it failed because the store was away.
     */
    public Uni<Void> begin() {
        if (lanes == null) {
            lanes = lanes();
            if (!lanes.isEmpty()) {
                vertx.setPeriodic(TURN_MILLIS, timer -> lanes.forEach(Alerts::turn));
            }
        }
        return Multi.createFrom().iterable(lanes)
                .onItem().transformToUniAndConcatenate(AlertLane::begin)
                .collect().last()
                .replaceWithVoid();
    }

    private List<AlertLane> lanes() {
        List<Receiver> receivers = receivers();
        if (!receivers.isEmpty()) {
            LOG.info("alerts go to " + receivers.stream().map(Receiver::name).distinct().collect(Collectors.joining(", ")));
        }
        Maintenance maintenance = Maintenance.of(config.maintenance().orElse(""), ZoneId.of(config.maintenanceZone()));
        AlertTerms terms = new AlertTerms(new AlertRules(maintenance, config.repeat().orElse(null)), config.timeout(),
                config.expiry());
        return receivers.stream()
                .map(receiver -> new AlertLane(new CountedReceiver(receiver, registry), store.outbox(), store::refresh, terms,
                        InstantSource.system()))
                .toList();
    }

    private static void turn(AlertLane lane) {
        lane.turn().subscribe().with(ignored -> {
        }, failure -> LOG.debugf(failure, "alerts can not be read; it is tried again in a second"));
    }

    /** Gives the places back, so that another process goes on at once; completes within seconds, and never fails. */
    public Uni<Void> stop() {
        List<AlertLane> running = lanes;
        return running == null || running.isEmpty() ? Uni.createFrom().voidItem()
                : Uni.join().all(running.stream().map(AlertLane::stop).toList()).andCollectFailures().replaceWithVoid();
    }

    private List<Receiver> receivers() {
        List<Receiver> receivers = new ArrayList<>();
        List<URI> webhooks = urls(config.webhookUrl());
        List<URI> channels = urls(config.slackUrl());
        Post post = webhooks.isEmpty() && channels.isEmpty() ? null : new Post(vertx, config.timeout());
        webhooks.forEach(url -> receivers.add(new WebhookReceiver(url, post)));
        channels.forEach(url -> receivers.add(new SlackReceiver(url, post)));
        config.emailTo().map(Addresses::mails).orElse(List.of()).stream().distinct()
                .forEach(to -> receivers.add(new MailReceiver(to, mailer.get(), config.timeout())));
        return receivers;
    }

    /** One that is listed twice is told once. */
    private static List<URI> urls(Optional<String> setting) {
        return setting.map(Addresses::urls).orElse(List.of()).stream().distinct().toList();
    }
}
