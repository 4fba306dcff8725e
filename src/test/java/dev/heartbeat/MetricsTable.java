package dev.heartbeat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which metrics does the README promise, and where? */
record MetricsTable(List<Row> rows) {
    private static final Pattern ROW = Pattern
            .compile("\\| `(heartbeat_\\w+)` \\| (\\w+) \\|([^|]*)\\| ([PSA ]+?)(?: \\(([^)]*)\\))? \\| [^|]+ \\|");

    /**
     * One metric.
     *
     * @param needs of these one must be there; empty for nothing
     */
    record Row(String name, String type, Set<String> labels, List<String> modes, Set<String> needs) {
        boolean isServed(String mode, Set<String> there) {
            return modes.contains(mode) && (needs.isEmpty() || needs.stream().anyMatch(there::contains));
        }
    }

    static MetricsTable read() {
        try {
            return new MetricsTable(Files.readAllLines(Path.of("README.md")).stream()
                    .filter(line -> line.startsWith("| `heartbeat_"))
                    .map(MetricsTable::row).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            throw new IllegalArgumentException("not a row of the table: " + line);
        }
        String needs = row.group(5) == null ? "" : row.group(5).replace("`", "");
        return new Row(row.group(1), row.group(2), words(row.group(3).replace("`", ""), " "), List.of(row.group(4).split(" ")),
                words(needs, ","));
    }

    private static Set<String> words(String text, String between) {
        return Arrays.stream(text.split(between)).map(String::strip).filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Name to type and labels, as {@link dev.heartbeat.services.Scrape#ours} has what is served. */
    Map<String, String> served(String mode, String... there) {
        Map<String, String> served = new TreeMap<>();
        rows.stream().filter(row -> row.isServed(mode, Set.of(there))).forEach(row -> {
            served.put(row.name, row.type + " " + row.labels);
            if (row.type.equals("histogram")) {
                served.put(row.name + "_max", "gauge " + row.labels);
            }
        });
        return served;
    }

    /** Every name that a query may have: of a histogram its parts too. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        rows.forEach(row -> {
            names.add(row.name);
            if (row.type.equals("histogram")) {
                List.of("_bucket", "_count", "_sum", "_max").forEach(part -> names.add(row.name + part));
            }
        });
        return names;
    }
}
