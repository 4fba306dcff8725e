package dev.heartbeat;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.heartbeat.Settings.Setting;
import dev.heartbeat.model.Durations;
import dev.heartbeat.model.Judging;
import dev.heartbeat.model.Policy;
import dev.heartbeat.store.PgAddress;
import dev.heartbeat.store.TableName;
import dev.heartbeat.web.HealthConfig;
import io.quarkus.runtime.configuration.MemorySize;

/** Is a value possible for its setting, and what would be right? */
final class SettingValue {
    private static final Set<String> BOOLEANS = Set.of("true", "false", "on", "off");
    private static final int LAST_PORT = 65535;
    private static final Set<String> MAY_BE_ZERO = Set.of("REDIS_DB", "METRICS_TARGETS");
    /** What a value must say beyond its type: each fails with the words that should be said. */
    private static final Map<String, Consumer<String>> SYNTAX = with(TraceSettings.SYNTAX,
            Map.of("FAILURES_BEFORE_DOWN", Judging::checkCounts,
                    "SUCCESSES_BEFORE_UP", Judging::checkCounts, "FLAP_DETECTION", Judging::checkFlapping, "NEWS_MASS_SHARE",
                    Policy::checkShare, Store.VARIABLE, Store::parse, "HISTORY_RETENTION", SettingValue::days, "DB_DSN",
                    PgAddress::parse, "DB_TABLE", TableName::new, "HEALTH_TIMEOUT", HealthConfig::checkTimeout));

    private SettingValue() {
    }

    private static <T> Map<String, T> with(Map<String, T> some, Map<String, T> others) {
        Map<String, T> all = new HashMap<>(some);
        all.putAll(others);
        return Map.copyOf(all);
    }

    /** Longer than any duration that something waits for. */
    private static void days(String value) {
        if (!value.matches("[1-9]\\d{0,4}d")) {
            throw new IllegalArgumentException("must be a number of days, at least 1d, such as 400d");
        }
    }

    /** What is wrong with the value, as the end of a sentence. */
    static Optional<String> wrong(Setting setting, String value) {
        Class<?> type = setting.type();
        try {
            if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
                return number(setting, Long.parseLong(value));
            } else if (type == Duration.class && !SYNTAX.containsKey(setting.variable())) {
                Durations.parse(value);
            } else if (type == boolean.class) {
                return BOOLEANS.contains(value.toLowerCase(Locale.ROOT)) ? Optional.empty()
                        : Optional.of("is neither true nor false");
            } else if (type == MemorySize.class) {
                return value.matches("\\d{1,9}[KkMmGg]?") ? Optional.empty()
                        : Optional.of("is no number of bytes; give one such as 4194304 or 4M");
            } else if (type.isEnum()) {
                return word(type, value);
            }
            SYNTAX.getOrDefault(setting.variable(), any -> {
            }).accept(value);
            return Optional.empty();
        } catch (NumberFormatException e) {
            String link = value.startsWith("tcp://")
                    ? " (Kubernetes sets it for a service of that name: enableServiceLinks: false)"
                    : "";
            return Optional.of("is no whole number" + link + range(setting));
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Optional<String> number(Setting setting, long value) {
        boolean isPort = setting.property().endsWith("port");
        long least = least(setting);
        boolean possible = value >= least && value <= (isPort ? LAST_PORT : Integer.MAX_VALUE);
        return possible ? Optional.empty() : Optional.of("is out of range" + range(setting));
    }

    private static String range(Setting setting) {
        return setting.property().endsWith("port") ? "; give a port from 1 to " + LAST_PORT
                : "; give a whole number from " + least(setting);
    }

    private static int least(Setting setting) {
        return MAY_BE_ZERO.contains(setting.variable()) ? 0 : 1;
    }

    private static Optional<String> word(Class<?> type, String value) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-')).toList();
        return words.contains(value.toLowerCase(Locale.ROOT)) ? Optional.empty()
                : Optional.of("is none of " + String.join(", ", words));
    }
}
