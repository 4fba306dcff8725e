package dev.heartbeat.services;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.walkers.CollectorPrometheusMetricsWalker;

/** What does a text say in the format of Prometheus, as a reader of that format has it? */
public record Scrape(List<MetricFamily> families) {
    public static Scrape of(String text) {
        CollectorPrometheusMetricsWalker walker = new CollectorPrometheusMetricsWalker();
        new TextPrometheusMetricsProcessor(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), walker).walk();
        List<MetricFamily> families = walker.getAllMetricFamilies();
        return new Scrape(families == null ? List.of() : families);
    }

    /** Our own by name: the type, and each label that any series of it has. */
    public Map<String, String> ours() {
        Map<String, String> ours = new TreeMap<>();
        families.stream().filter(family -> family.getName().startsWith("heartbeat_")).forEach(family -> {
            Set<String> labels = new TreeSet<>();
            family.getMetrics().forEach(metric -> labels.addAll(metric.getLabels().keySet()));
            ours.put(family.getName(), family.getType().name().toLowerCase(java.util.Locale.ROOT) + " " + labels);
        });
        return ours;
    }

    /** The sum of the counters or gauges of that name that have these labels; null when there is none. */
    public Double value(String name, String... labels) {
        Double sum = null;
        for (MetricFamily family : families) {
            for (Metric metric : family.getMetrics()) {
                if (family.getName().equals(name) && has(metric, labels)) {
                    sum = (sum == null ? 0 : sum) + value(metric);
                }
            }
        }
        return sum;
    }

    private static boolean has(Metric metric, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(metric.getLabels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }

    private static double value(Metric metric) {
        return metric instanceof Counter counter ? counter.getValue() : ((Gauge) metric).getValue();
    }
}
