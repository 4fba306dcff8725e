package dev.heartbeat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** How is it started with the flags and the environment of the Service health checker? */
record ScCommand(String name, Mode mode) implements Asking {
    static final List<Asking> ALL = List.of(new ScCommand("pub", Mode.PUBLISHER), new ScCommand("sub", Mode.SUBSCRIBER));

    private static final String BROKER = "KAFKA_BROKER";
    private static final String DSN = "POSTGRESQL_DSN";
    private static final String TARGET = "TARGET";
    private static final String VERBOSE = "VERBOSE";
    private static final List<String> SSL = List.of("SSL_CA_FILE", "SSL_CERT_FILE", "SSL_KEY_FILE");
    private static final Map<String, String> DEFAULTS = Map.of("DELAY", "30", "TIMEOUT", "10");
    /** What that program had in its code: each can be changed by the variable. */
    private static final Map<String, String> CODE = Map.of(Transport.VARIABLE, "kafka", Store.VARIABLE, "memory,postgresql",
            "KAFKA_LAYOUT", "metrics", "KAFKA_CLIENT_ID", "writer", "KAFKA_COMPRESSION", "gzip", "KAFKA_GROUP_ID", "reader",
            "KAFKA_AUTO_OFFSET_RESET", "earliest", "HISTORY_LAYOUT", "metrics", "DB_TABLE", "test");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().abbreviateSynopsis(true)
                .description("In place of the Service health checker: " + (mode == Mode.PUBLISHER
                        ? "asks one site, and tells it over Kafka. Needs broker, topic and target."
                        : "reads its topic into its table. Needs broker, topic and DSN."));
        for (OptionSpec option : options()) {
            spec.addOption(option);
        }
        return spec;
    }

    private static List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>();
        for (String variable : List.of(BROKER, "KAFKA_TOPIC", DSN, TARGET, "PATTERN")) {
            options.add(SettingOptions.of(variable, null, "TEXT", option(variable)));
        }
        for (String variable : List.of("DELAY", "TIMEOUT")) {
            options.add(SettingOptions.of(variable, DEFAULTS.get(variable), "SECONDS", option(variable)));
        }
        for (String variable : SSL) {
            options.add(SettingOptions.of(variable, null, "PATH", option(variable)));
        }
        options.add(SettingOptions.of(VERBOSE, "false", SettingOptions.SWITCH, "-v", option(VERBOSE)));
        return options;
    }

    private static String option(String variable) {
        return "--" + variable.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The arguments with the mode in front, which may stand after its options: that program did not mind. */
    static String[] modeFirst(String... args) {
        List<String> words = new ArrayList<>(List.of(args));
        int at = args.length > 0 && isOption(args[0]) ? 0 : args.length;
        while (at < args.length && !isMode(args[at])) {
            at += takesNext(args[at]) ? 2 : 1;
        }
        if (at < args.length) {
            words.add(0, words.remove(at));
        }
        return words.toArray(String[]::new);
    }

    private static boolean isMode(String word) {
        return ALL.stream().anyMatch(command -> command.spec().name().equals(word));
    }

    private static boolean isOption(String word) {
        return options().stream().anyMatch(option -> isOf(option, word));
    }

    private static boolean takesNext(String argument) {
        return !argument.contains("=")
                && options().stream().anyMatch(option -> option.arity().min() > 0 && isOf(option, argument));
    }

    private static boolean isOf(OptionSpec option, String argument) {
        return List.of(option.names()).contains(argument.split("=", 2)[0]);
    }

    @Override
    public Order order(ParseResult parsed, Map<String, String> environment) throws UsageException {
        Map<String, String> given = SettingOptions.read(parsed);
        Map<String, String> said = new HashMap<>(DEFAULTS);
        environment.forEach((variable, value) -> {
            if (!value.isBlank()) {
                said.put(variable, value);
            }
        });
        said.putAll(given);
        required(said);
        Foreign foreign = mode == Mode.PUBLISHER
                ? ForeignFiles.site(said.get(TARGET), said.get("DELAY"), said.get("TIMEOUT"), said.get("PATTERN"))
                : Foreign.NONE;
        return Order.of(options(given, said), environment, code(said), foreign.noting(notes(said)));
    }

    /** The DSN may be all of our own variables for the database too. */
    private void required(Map<String, String> said) throws UsageException {
        List<String> missing = new ArrayList<>();
        if (none(said, BROKER, "KAFKA_BOOTSTRAP_SERVERS")) {
            missing.add(option(BROKER));
        }
        if (none(said, "KAFKA_TOPIC")) {
            missing.add("--kafka-topic");
        }
        if (mode == Mode.PUBLISHER && none(said, TARGET)) {
            missing.add(option(TARGET));
        }
        if (mode == Mode.SUBSCRIBER && none(said, DSN, DSN + Settings.IN_FILE, "DB_DSN", "DB_DSN_FILE", "DB_HOST")) {
            missing.add(option(DSN));
        }
        if (!missing.isEmpty()) {
            throw new UsageException("missing: " + String.join(", ", missing), 1, true);
        }
    }

    private static boolean none(Map<String, String> said, String... variables) {
        return Set.of(variables).stream().noneMatch(said::containsKey);
    }

    private Map<String, String> options(Map<String, String> given, Map<String, String> said) {
        Map<String, String> options = new HashMap<>(Map.of(Mode.VARIABLE, mode.word()));
        put(options, "KAFKA_BOOTSTRAP_SERVERS", given.get(BROKER));
        put(options, "KAFKA_TOPIC", given.get("KAFKA_TOPIC"));
        put(options, "DB_DSN", given.get(DSN));
        if (said.keySet().containsAll(SSL)) {
            SSL.forEach(variable -> options.put("KAFKA_" + variable, said.get(variable)));
        }
        if (given.containsKey(VERBOSE) && isTrue(given)) {
            options.put(LogLevel.VARIABLE, "DEBUG");
        }
        return options;
    }

    private static Map<String, String> code(Map<String, String> said) {
        Map<String, String> code = new HashMap<>(CODE);
        if (isTrue(said)) {
            code.put(LogLevel.VARIABLE, "DEBUG");
        }
        return code;
    }

    private static boolean isTrue(Map<String, String> said) {
        return !Set.of("", "0", "false", "no", "off").contains(said.getOrDefault(VERBOSE, "").strip().toLowerCase(
                java.util.Locale.ROOT));
    }

    private static void put(Map<String, String> options, String variable, String value) {
        if (value != null) {
            options.put(variable, value);
        }
    }

    private static List<String> notes(Map<String, String> said) {
        List<String> given = SSL.stream().filter(said::containsKey).toList();
        return given.isEmpty() || given.size() == SSL.size() ? List.of()
                : List.of(String.join(" and ", given) + (given.size() == 1 ? " alone means" : " alone mean")
                        + " no TLS: it takes all of " + String.join(", ", SSL));
    }
}
