package dev.heartbeat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** How is it started with the options and the file of the Python Healthcheck? They stand alone, it had no commands. */
final class KpCommand {
    private static final String CONFIG = "--config";
    private static final String PRODUCER = "--producer";
    private static final String CONSUMER = "--consumer";
    private static final String DEBUG = "--debug";
    private static final Map<String, String> CODE = Map.of(Transport.VARIABLE, "kafka", Store.VARIABLE, "memory,postgresql",
            "KAFKA_LAYOUT", "healthcheck", "HISTORY_LAYOUT", "healthcheck");

    private KpCommand() {
    }

    static void addTo(CommandSpec root) {
        root.addOption(OptionSpec.builder("-c", CONFIG).paramLabel("PATH").type(String.class).arity("1")
                .description("in place of the Python Healthcheck: its configuration file").build());
        root.addArgGroup(ArgGroupSpec.builder().exclusive(true).multiplicity("0..1")
                .addArg(flag(PRODUCER, "asks the websites of healthcheck-producer-config"))
                .addArg(flag(CONSUMER, "fills the tables of healthcheck-consumer-config")).build());
        root.addOption(flag(DEBUG, "LOG_LEVEL=DEBUG"));
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
    }

    /** Whether any of its options was given. */
    static boolean isMeant(ParseResult parsed) {
        return List.of(CONFIG, PRODUCER, CONSUMER, DEBUG).stream().anyMatch(parsed::hasMatchedOption);
    }

    static Order order(ParseResult parsed, Map<String, String> environment) throws UsageException {
        boolean producer = parsed.hasMatchedOption(PRODUCER);
        if (!producer && !parsed.hasMatchedOption(CONSUMER)) {
            throw new UsageException("missing: " + PRODUCER + " or " + CONSUMER, 2, false);
        }
        if (!parsed.hasMatchedOption(CONFIG)) {
            throw new UsageException("missing: " + CONFIG + ", its configuration file", 2, false);
        }
        String path = parsed.matchedOptionValue(CONFIG, "");
        return order(producer, path, parsed.hasMatchedOption(DEBUG), environment);
    }

    /** What a start in that role with that file would read. */
    static Order order(boolean producer, String path, boolean debug, Map<String, String> environment) {
        ForeignFiles.Settled file = producer ? ForeignFiles.producer(path, environment)
                : ForeignFiles.consumer(path, environment);
        Map<String, String> options = new HashMap<>(
                Map.of(Mode.VARIABLE, (producer ? Mode.PUBLISHER : Mode.SUBSCRIBER).word()));
        if (debug) {
            options.put(LogLevel.VARIABLE, "DEBUG");
        }
        Map<String, String> settings = new HashMap<>(CODE);
        settings.putAll(file.settings());
        return Order.of(options, environment, settings, file.foreign());
    }
}
