package dev.heartbeat.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Group;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.KnownStates;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.GaugeMetricFamily;

/**
 * How is everything that this process knows? As series that are made when they are asked for, from memory: they come and go
 * with sources and targets. Names come from outside, so how many there may be is bounded.
 */
@ApplicationScoped
public class StateMeters {
    private static final Logger LOG = Logger.getLogger(StateMeters.class);
    private static final int MOST_SOURCES = 1_000;

    private final KnownStates known;
    private final int mostTargets;
    private final InstantSource clock;
    private final AtomicBoolean warned = new AtomicBoolean();

    @Inject
    StateMeters(KnownStates known, MetricsConfig config) {
        this(known, config.targets(), InstantSource.system());
    }

    StateMeters(KnownStates known, int mostTargets, InstantSource clock) {
        this.known = known;
        this.mostTargets = mostTargets;
        this.clock = clock;
    }

    public void register(CollectorRegistry registry) {
        registry.register(new AtTheScrape());
    }

    /** Says nothing beforehand: there may be nothing to say yet. */
    private final class AtTheScrape extends Collector implements Collector.Describable {
        @Override
        public List<MetricFamilySamples> describe() {
            return List.of();
        }

        @Override
        public List<MetricFamilySamples> collect() {
            return new Scrape().families();
        }
    }

    /** What one scrape is answered. */
    private final class Scrape {
        private final GaugeMetricFamily ages = new GaugeMetricFamily("heartbeat_source_age_seconds",
                "Age of the newest heartbeat of a source", List.of("source"));
        private final GaugeMetricFamily counts = new GaugeMetricFamily("heartbeat_targets",
                "Targets of a source by health", List.of("source", "health"));
        private final GaugeMetricFamily healths = new GaugeMetricFamily("heartbeat_target_health",
                "Whether a target has that health: 1 for one of the four, else 0",
                List.of("source", "kind", "name", "health"));
        private final Instant now = clock.instant();
        private int room = mostTargets;
        private int unlisted;

        List<Collector.MetricFamilySamples> families() {
            List<SourceState> states = known.states().stream().sorted(Comparator.comparing(SourceState::source)).toList();
            states.stream().limit(MOST_SOURCES).forEach(this::add);
            states.stream().skip(MOST_SOURCES).forEach(state -> unlisted += state.targets().size());
            if (unlisted > 0 && mostTargets > 0 && warned.compareAndSet(false, true)) {
                LOG.warnf("the metrics leave out the health of %d targets, beyond %d (METRICS_TARGETS) or %d sources", unlisted,
                        mostTargets, MOST_SOURCES);
            }
            return Stream.of(ages, counts, healths, new GaugeMetricFamily("heartbeat_targets_unlisted",
                    "Targets whose own health is left out here", unlisted)).<Collector.MetricFamilySamples> map(
                            family -> family)
                    .filter(family -> !family.samples.isEmpty()).toList();
        }

        private void add(SourceState state) {
            state.groups().values().stream().map(Group::heard).filter(Objects::nonNull).max(Comparator.naturalOrder())
                    .ifPresent(heard -> ages.addMetric(List.of(state.source()),
                            Math.max(0, Duration.between(heard, now).toMillis() / 1e3)));
            // Whole sources: which targets are told must not change with their number.
            boolean listed = state.targets().size() <= room;
            room -= listed ? state.targets().size() : 0;
            unlisted += listed ? 0 : state.targets().size();
            int[] byHealth = new int[Health.values().length];
            state.targets().forEach((target, is) -> {
                byHealth[is.health().ordinal()]++;
                if (listed) {
                    add(state.source(), target, is);
                }
            });
            for (Health health : Health.values()) {
                counts.addMetric(List.of(state.source(), health.name()), byHealth[health.ordinal()]);
            }
        }

        private void add(String source, Target target, TargetState is) {
            List<String> who = List.of(source, target.kind().word(), target.name());
            for (Health health : Health.values()) {
                List<String> labels = new ArrayList<>(who);
                labels.add(health.name());
                healths.addMetric(labels, is.health() == health ? 1 : 0);
            }
        }
    }
}
