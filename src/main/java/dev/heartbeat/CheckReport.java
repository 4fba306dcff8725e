package dev.heartbeat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Printable;

/**
 * How is told what one round has found: a first line and numbers as monitoring systems read them from a plugin, then a table;
 * or JSON?
 *
 * @param took from the first question to the last answer
 */
record CheckReport(List<Observation> found, Duration took) {
    private static final List<String> HEADS = List.of("KIND", "NAME", "ADDRESS", "OUTCOME", "REASON", "LATENCY", "DETAIL");
    private static final int NAMED = 3;
    private static final JsonFactory JSON = new JsonFactory();

    CheckReport {
        found = List.copyOf(found);
    }

    /** The one line that is told when there is nothing to tell of targets. */
    static String unknown(String words) {
        return "HEARTBEAT UNKNOWN - " + plain(words);
    }

    CheckVerdict verdict() {
        return CheckVerdict.of(found);
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of(firstLine()));
        List<List<String>> rows = new ArrayList<>(List.of(HEADS));
        found.forEach(seen -> rows.add(row(seen)));
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(padded(row.get(column), width(rows, column))).append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join(System.lineSeparator(), lines);
    }

    private String firstLine() {
        return String.format(Locale.ROOT, "HEARTBEAT %s - %d of %d up%s | up=%d down=%d unknown=%d time=%.3fs", verdict(),
                count(Health.UP), found.size(), worst(), count(Health.UP), count(Health.DOWN), count(Health.UNKNOWN),
                seconds());
    }

    /** The targets that are why, the first few by name. */
    private String worst() {
        List<String> names = found.stream().filter(seen -> seen.outcome().health() != Health.UP)
                .filter(seen -> CheckVerdict.of(List.of(seen)) == verdict())
                .map(seen -> plain(seen.target() + " (" + seen.outcome().reason() + ")")).toList();
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return names.isEmpty() ? "" : ": " + String.join(", ", names.stream().limit(NAMED).toList()) + more;
    }

    private static List<String> row(Observation seen) {
        return List.of(seen.target().kind().word(), plain(seen.target().name()), plain(seen.address()),
                seen.outcome().health().name().toLowerCase(Locale.ROOT),
                seen.outcome().reason() == null ? "" : seen.outcome().reason().name(),
                seen.latency() == null ? "" : String.format(Locale.ROOT, "%.1f ms", millis(seen.latency())),
                seen.outcome().detail() == null ? "" : plain(seen.outcome().detail()));
    }

    /** Monitoring systems take what follows a bar for numbers. */
    private static String plain(String text) {
        return Printable.text(text).replace('|', '\u00a6');
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().map(row -> row.get(column)).mapToInt(cell -> cell.codePointCount(0, cell.length())).max()
                .orElse(0);
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.codePointCount(0, cell.length()));
    }

    private long count(Health health) {
        return found.stream().filter(seen -> seen.outcome().health() == health).count();
    }

    private double seconds() {
        return took.toMillis() / 1000.0;
    }

    private static double millis(Duration latency) {
        return latency.toNanos() / 1_000_000.0;
    }

    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("verdict", verdict().name());
            json.writeNumberField("up", count(Health.UP));
            json.writeNumberField("down", count(Health.DOWN));
            json.writeNumberField("unknown", count(Health.UNKNOWN));
            json.writeNumberField("seconds", seconds());
            json.writeArrayFieldStart("targets");
            for (Observation seen : found) {
                write(seen, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(Observation seen, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", seen.target().kind().word());
        json.writeStringField("name", seen.target().name());
        json.writeStringField("address", seen.address());
        json.writeStringField("outcome", seen.outcome().health().name().toLowerCase(Locale.ROOT));
        if (seen.outcome().reason() != null) {
            json.writeStringField("reason", seen.outcome().reason().name());
        }
        if (seen.outcome().detail() != null) {
            json.writeStringField("detail", seen.outcome().detail());
        }
        if (seen.latency() != null) {
            json.writeNumberField("latency_ms", millis(seen.latency()));
        }
        json.writeStringField("at", seen.at().toString());
        json.writeEndObject();
    }
}
