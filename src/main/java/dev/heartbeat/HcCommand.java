package dev.heartbeat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** How is it started with the file and the environment of the Host Checker? */
record HcCommand(String name, Mode mode) implements Asking {
    static final List<Asking> ALL = List.of(new HcCommand("produce", Mode.PUBLISHER),
            new HcCommand("consume", Mode.SUBSCRIBER));

    private static final String FILE = "-c";
    /** What would be the variable of that option, if it had one. */
    private static final String CONFIG = "CONFIG";
    private static final Map<String, String> DEFAULTS = Map.of(Transport.VARIABLE, "kafka", Store.VARIABLE,
            "memory,postgresql", "HISTORY_LAYOUT", "host-metrics", "DB_TABLE", "host_metrics");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().abbreviateSynopsis(true).description("In place of the Host Checker: " + (mode == Mode.PUBLISHER
                ? "asks the hosts of its file, and tells them over Kafka."
                : "reads the topic into its table."));
        if (mode == Mode.PUBLISHER) {
            spec.addOption(OptionSpec.builder(FILE, "--config").paramLabel("FILE").type(String.class).arity("1").required(true)
                    .description("its file: DOMAIN FREQUENCY (REGEX) a line, the frequency in minutes").build());
        }
        SettingOptions.add(spec, variables(), DEFAULTS);
        return spec;
    }

    private Predicate<String> variables() {
        List<String> prefixes = mode == Mode.PUBLISHER ? List.of("KAFKA_", "LOG_", "HEARTBEAT_TRANSPORT", "HEARTBEAT_SOURCE")
                : List.of("KAFKA_", "DB_", "HISTORY_", "LOG_", "HEARTBEAT_TRANSPORT", "HEARTBEAT_STORE");
        return variable -> prefixes.stream().anyMatch(variable::startsWith);
    }

    @Override
    public Order order(ParseResult parsed, Map<String, String> environment) {
        Map<String, String> options = new HashMap<>(SettingOptions.read(parsed));
        options.remove(CONFIG);
        options.put(Mode.VARIABLE, mode.word());
        return mode == Mode.PUBLISHER ? order(parsed.matchedOptionValue(FILE, ""), options, environment)
                : Order.of(options, environment, DEFAULTS, Foreign.NONE);
    }

    /** What a start with that file would read. */
    static Order producing(String path, Map<String, String> environment) {
        return order(path, Map.of(Mode.VARIABLE, Mode.PUBLISHER.word()), environment);
    }

    private static Order order(String path, Map<String, String> options, Map<String, String> environment) {
        return Order.of(options, environment, DEFAULTS, ForeignFiles.hosts(path));
    }
}
