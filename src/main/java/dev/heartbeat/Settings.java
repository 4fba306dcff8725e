package dev.heartbeat;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import dev.heartbeat.publish.PublishConfig;
import dev.heartbeat.store.HistoryConfig;
import dev.heartbeat.store.PgConfig;
import dev.heartbeat.store.StoreConfig;
import dev.heartbeat.transport.KafkaConfig;
import dev.heartbeat.transport.RabbitConfig;
import dev.heartbeat.transport.TraceConfig;
import dev.heartbeat.watch.AlertConfig;
import dev.heartbeat.watch.JudgeConfig;
import dev.heartbeat.watch.WatchConfig;
import dev.heartbeat.web.HealthConfig;
import dev.heartbeat.web.MetricsConfig;
import dev.heartbeat.web.WebConfig;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/**
 * Which environment variables are settings, and is what they say possible? Read off the mappings, so that a setting is declared
 * once; checked before anything starts, all faults at once.
 */
@RegisterForReflection(targets = { HeartbeatConfig.class, TargetsConfig.Own.class, TargetsConfig.Ph.class, PublishConfig.class,
        RabbitConfig.class, StoreConfig.class, WatchConfig.class, JudgeConfig.Failures.class, JudgeConfig.Successes.class,
        JudgeConfig.Flap.class, JudgeConfig.News.class, AlertConfig.class, AlertConfig.Smtp.class, WebConfig.class,
        HeartbeatConfig.Log.class, TargetsConfig.Routes.class, KafkaConfig.class, PgConfig.class, HistoryConfig.class,
        MetricsConfig.class, HealthConfig.Checks.class, HealthConfig.Environ.class,
        TraceConfig.Export.class, TraceConfig.Service.class, TraceConfig.Resource.class, TraceConfig.Sampling.class,
        TraceConfig.Sdk.class })
final class Settings {
    private static final List<Class<?>> MAPPINGS = List.of(HeartbeatConfig.class, TargetsConfig.Own.class,
            TargetsConfig.Ph.class, TargetsConfig.Routes.class, HeartbeatConfig.Log.class,
            PublishConfig.class, RabbitConfig.class, KafkaConfig.class, StoreConfig.class, PgConfig.class, HistoryConfig.class,
            WatchConfig.class, JudgeConfig.Failures.class,
            JudgeConfig.Successes.class, JudgeConfig.Flap.class, JudgeConfig.News.class, AlertConfig.class,
            AlertConfig.Smtp.class, WebConfig.class, MetricsConfig.class, HealthConfig.Checks.class,
            HealthConfig.Environ.class,
            TraceConfig.Export.class, TraceConfig.Service.class,
            TraceConfig.Resource.class, TraceConfig.Sampling.class, TraceConfig.Sdk.class);
    /** Blank is a mistake here, and nowhere else: PH refuses it too. */
    private static final Set<String> NEVER_BLANK = Set.of("RABBITMQ_EXCHANGE", "RABBITMQ_QUEUE");
    private static final String ROUTING_KEY = "RABBITMQ_ROUTING_KEY";
    private static final String WEB_USER = "WEB_USER";
    private static final String WEB_PASSWORD = "WEB_PASSWORD";
    /** Of these a file may hold the value: {@code NAME_FILE}. */
    private static final Set<String> SECRETS = Set.of("RABBITMQ_PASS", "REDIS_PASSWORD", "ALERT_WEBHOOK_URL",
            "ALERT_SLACK_URL", "SMTP_PASSWORD", WEB_PASSWORD, "DB_PASSWORD", "DB_DSN", "KAFKA_SASL_PASSWORD",
            "OTEL_EXPORTER_OTLP_HEADERS");
    static final String IN_FILE = "_FILE";

    private Settings() {
    }

    /**
     * One setting: the variable, the property behind it, the type of its value, and its default as it would be written, or
     * null.
     */
    record Setting(String variable, String property, Class<?> type, String defaultValue) {
        boolean isSecret() {
            return SECRETS.contains(variable);
        }
    }

    /** All settings, in the order of the flow. */
    static List<Setting> all() {
        return MAPPINGS.stream().flatMap(Settings::of).toList();
    }

    private static Stream<Setting> of(Class<?> mapping) {
        String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
        return Arrays.stream(mapping.getMethods())
                .filter(method -> !method.isDefault() && !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
                .sorted(java.util.Comparator.comparing(Method::getName))
                .map(method -> of(prefix, method));
    }

    private static Setting of(String prefix, Method method) {
        WithName named = method.getAnnotation(WithName.class);
        String name = named != null ? named.value()
                : method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        WithDefault given = method.getAnnotation(WithDefault.class);
        String property = prefix + "." + name;
        return new Setting(property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), property,
                valueType(method.getGenericReturnType()), given == null ? null : given.value());
    }

    private static Class<?> valueType(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getActualTypeArguments()[0] : (Class<?>) type;
    }

    /** What the variables say, else the default; null where there is neither. */
    static String value(String variable, Map<String, String> environment) {
        String value = environment.getOrDefault(variable, "").strip();
        return !value.isEmpty() ? value
                : all().stream().filter(setting -> setting.variable().equals(variable)).findFirst().orElseThrow()
                        .defaultValue();
    }

    /** What was not in the environment of the process but came from a command line or a file is told as properties. */
    static void tell(Map<String, String> environment, BiConsumer<String, String> properties) {
        all().forEach(setting -> {
            String value = environment.getOrDefault(setting.variable(), "");
            if (!value.isBlank() && !value.equals(System.getenv(setting.variable()))) {
                properties.accept(setting.property(), setting.isSecret() ? literal(value.strip()) : value.strip());
            }
        });
    }

    /** The value as a property that means just this: in a secret nothing stands for a variable. */
    static String literal(String value) {
        return value.replace("$", "\\$");
    }

    /** What the variable says, or the file that is named in its place; empty when there is neither. All is right by now. */
    static String secret(String variable, Map<String, String> environment) {
        String path = environment.getOrDefault(variable + IN_FILE, "");
        return path.isBlank() ? environment.getOrDefault(variable, "").strip() : SecretFile.read(path);
    }

    /**
     * What is wrong with these variables: each a line that names the variable, its value and what would be right. What a blank
     * variable, or one with the secret in a file, stands for is passed to {@code correct} as property and value.
     */
    static List<String> check(Map<String, String> environment, BiConsumer<String, String> correct) {
        List<String> faults = new ArrayList<>();
        for (Setting setting : all()) {
            String value = environment.get(setting.variable());
            if (setting.isSecret() && isInFile(setting, environment)) {
                fromFile(setting, environment, correct).ifPresent(faults::add);
                continue;
            }
            if (value == null) {
                continue;
            }
            if (value.isBlank()) {
                blank(setting, environment, correct).ifPresent(faults::add);
            } else {
                SettingValue.wrong(setting, value.strip()).ifPresent(words -> faults.add(setting.variable() + "="
                        + (setting.isSecret() ? "…" : value) + ": " + words));
                if (setting.isSecret() && value.contains("$")) {
                    correct.accept(setting.property(), literal(value.strip()));
                }
            }
        }
        faults.addAll(AlertSettings.check(environment, correct));
        TraceSettings.check(environment, faults);
        webAccess(environment).ifPresent(faults::add);
        return faults;
    }

    /** Half of what protects the page is nothing that protects it, and must not look as if it were. */
    private static Optional<String> webAccess(Map<String, String> environment) {
        String user = environment.getOrDefault(WEB_USER, "").strip();
        boolean password = !environment.getOrDefault(WEB_PASSWORD, "").isBlank()
                || !environment.getOrDefault(WEB_PASSWORD + IN_FILE, "").isBlank();
        if (user.contains(":")) {
            return Optional
                    .of(WEB_USER + "=" + user + ": has a colon, which no browser can send in a user's name; leave it out");
        }
        if (user.isEmpty() == !password) {
            return Optional.empty();
        }
        return Optional.of(password ? WEB_PASSWORD + " is set without " + WEB_USER + "; set both, or neither for open access"
                : WEB_USER + "=" + user + ": is set without " + WEB_PASSWORD + "; set both, or neither for open access");
    }

    private static Optional<String> blank(Setting setting, Map<String, String> environment,
            BiConsumer<String, String> correct) {
        if (NEVER_BLANK.contains(setting.variable())) {
            return Optional.of(
                    setting.variable() + "=: is blank; give a name, or leave the variable out for " + setting.defaultValue());
        }
        String queue = environment.getOrDefault("RABBITMQ_QUEUE", "my_queue");
        String instead = setting.variable().equals(ROUTING_KEY) ? queue : setting.defaultValue();
        correct.accept(setting.property(), instead == null ? "" : instead);
        return Optional.empty();
    }

    private static boolean isInFile(Setting setting, Map<String, String> environment) {
        return !environment.getOrDefault(setting.variable() + IN_FILE, "").isBlank();
    }

    private static Optional<String> fromFile(Setting setting, Map<String, String> environment,
            BiConsumer<String, String> correct) {
        String variable = setting.variable() + IN_FILE;
        String path = environment.get(variable);
        if (!environment.getOrDefault(setting.variable(), "").isBlank()) {
            return Optional.of(variable + "=" + path + ": " + setting.variable() + " is set too; give one of them");
        }
        try {
            String secret = SecretFile.read(path);
            correct.accept(setting.property(), literal(secret));
            return SettingValue.wrong(setting, secret).map(words -> variable + "=" + path + ": " + words);
        } catch (IllegalArgumentException e) {
            return Optional.of(variable + "=" + path + ": " + e.getMessage());
        }
    }

    /** Whether the variable names a file that holds a secret. */
    static boolean isSecretFile(String variable) {
        String secret = variable.endsWith(IN_FILE) ? variable.substring(0, variable.length() - IN_FILE.length()) : "";
        return SECRETS.contains(secret) || SECRETS.stream().anyMatch(own -> Aliases.of(own).contains(secret));
    }
}
