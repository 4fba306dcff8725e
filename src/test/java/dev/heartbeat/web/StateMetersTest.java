package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Health;
import dev.heartbeat.services.Scrape;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.store.Stores;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;

/** What do the metrics say of sources and targets, and of how many? */
class StateMetersTest {
    private static final String HEALTH = "heartbeat_target_health";
    private final StateStore store = Stores.memory(10);
    private final Sources sources = new Sources(store);

    private Scrape scrape(int mostTargets) throws IOException {
        CollectorRegistry registry = new CollectorRegistry();
        new StateMeters(store::known, mostTargets, () -> Sources.NOON.plusMillis(1_500)).register(registry);
        StringWriter text = new StringWriter();
        TextFormat.write004(text, registry.metricFamilySamples());
        return Scrape.of(text.toString());
    }

    @Test
    void aTargetHasOneOfItsFourHealths() throws IOException {
        sources.know("zone-7", Health.STALE, "odd \"name\", with = and \\ in it");
        Scrape scrape = scrape(1);
        for (Health health : Health.values()) {
            assertThat(scrape.value(HEALTH, "source", "zone-7", "kind", "host", "name", "odd \"name\", with = and \\ in it",
                    "health", health.name())).isEqualTo(health == Health.STALE ? 1 : 0);
        }
    }

    @Test
    void targetsAreCountedByHealthAndASourceHasTheAgeOfWhatWasHeardLast() throws IOException {
        sources.know("zone-7", Health.DOWN, "a", "b");
        Scrape scrape = scrape(0);
        assertThat(scrape.value("heartbeat_targets", "source", "zone-7", "health", "DOWN")).isEqualTo(2);
        assertThat(scrape.value("heartbeat_targets", "source", "zone-7", "health", "UP")).isZero();
        assertThat(scrape.value("heartbeat_source_age_seconds", "source", "zone-7")).isEqualTo(1.5);
    }

    @Test
    void sourcesThatDoNotFitAreLeftOutAsAWholeAndCounted() throws IOException {
        sources.know("a", Health.UP, "1", "2");
        sources.know("b", Health.UP, "1", "2");
        sources.know("c", Health.UP, "1");
        Scrape scrape = scrape(3);
        assertThat(List.of("a", "c")).allSatisfy(source -> assertThat(scrape.value(HEALTH, "source", source)).isNotNull());
        assertThat(scrape.value(HEALTH, "source", "b")).isNull();
        assertThat(scrape.value("heartbeat_targets_unlisted")).isEqualTo(2);
        assertThat(scrape.value("heartbeat_targets", "source", "b", "health", "UP")).isEqualTo(2);
    }

    @Test
    void noneIsToldOneByOneWhereNobodyWantsThem() throws IOException {
        sources.know("a", Health.UP, "1");
        assertThat(scrape(0).value(HEALTH)).isNull();
        assertThat(scrape(0).value("heartbeat_targets_unlisted")).isEqualTo(1);
    }

    @Test
    void whoeverInventsSourcesInventsNoSeriesWithoutEnd() throws IOException {
        IntStream.range(0, 1_100).forEach(i -> sources.know("s" + (10_000 + i), Health.UP, "1"));
        Scrape scrape = scrape(5_000);
        assertThat(scrape.families()).filteredOn(family -> family.getName().equals("heartbeat_source_age_seconds"))
                .singleElement().satisfies(family -> assertThat(family.getMetrics()).hasSize(1_000));
        assertThat(scrape.value("heartbeat_targets_unlisted")).isEqualTo(100);
    }
}
