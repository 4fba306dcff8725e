package dev.heartbeat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.heartbeat.Settings.Setting;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Which options stand for which variables? {@code --rabbitmq-host} for {@code RABBITMQ_HOST}; made from the settings. */
final class SettingOptions {
    static final String SWITCH = "true|false";

    private SettingOptions() {
    }

    /** Gives the command an option for each of these settings; what it sets by itself is told as the default. */
    static void add(CommandSpec command, Predicate<String> variables, Map<String, String> defaults) {
        for (Setting setting : Settings.all()) {
            if (variables.test(setting.variable())) {
                String own = defaults.getOrDefault(setting.variable(), setting.defaultValue());
                command.addOption(of(setting.variable(), own, label(setting), name(setting.variable())));
                if (setting.isSecret()) {
                    String inFile = setting.variable() + Settings.IN_FILE;
                    command.addOption(of(inFile, null, "PATH", name(inFile)));
                }
            }
        }
    }

    /** An option of that variable; a flag, which needs no value, where the label is that of a switch. */
    static OptionSpec of(String variable, String defaultValue, String label, String... names) {
        OptionSpec.Builder option = OptionSpec.builder(names).paramLabel(label).type(String.class).arity("1")
                .description(variable + (defaultValue == null ? "" : ", default " + defaultValue));
        return (label.equals(SWITCH) ? option.arity("0..1").fallbackValue("true") : option).build();
    }

    private static String name(String variable) {
        return "--" + variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String label(Setting setting) {
        Class<?> type = setting.type();
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining("|"));
        }
        if (type == boolean.class || "false".equals(setting.defaultValue())) {
            return SWITCH;
        }
        return type == java.time.Duration.class ? "DURATION" : type == String.class ? "TEXT" : "NUMBER";
    }

    /** What the options that were given say, by variable; one that is blank says nothing. */
    static Map<String, String> read(ParseResult parsed) {
        Map<String, String> said = new LinkedHashMap<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            Object value = option.getValue();
            if (value instanceof String text && !text.isBlank()) {
                said.put(option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT), text);
            }
        }
        return said;
    }
}
