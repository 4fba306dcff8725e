package dev.heartbeat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.heartbeat.Start.FaultsException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What do the probes say, asked once, as a monitoring system asks its plugins? */
record CheckCommand() implements OneShot {
    private static final String JSON = "--json";
    private static final Set<String> SETTINGS = Set.of(TargetsLocation.OWN, TargetsLocation.PH, LogLevel.VARIABLE);

    @Override
    public CommandSpec spec() {
        CommandSpec check = CommandSpec.create().name("check")
                .addOption(flag("--once", "asks once: so it does without this word too"))
                .addOption(flag(JSON, "JSON in place of the table"))
                .addPositional(PositionalParamSpec.builder().paramLabel("NAME").arity("0..*").type(List.class)
                        .auxiliaryTypes(String.class)
                        .description(
                                "only these: a name, a kind (host), or kind/name, with * and ? in the name; of a health endpoint"
                                        + " all checks, or those that endpoint/check means")
                        .build());
        SettingOptions.add(check, variable -> SETTINGS.contains(variable) || variable.startsWith("RABBITMQ_"), Map.of());
        check.usageMessage().abbreviateSynopsis(true).description(
                "Asks the targets of the targets file once and prints a table. Neither broker nor store is touched.",
                "Exit code: 0 all up; 2 one is down; else 1 one is slow or its certificate is expiring; else 3 of one nobody can"
                        + " tell. 3 also where nothing could be asked.");
        return check;
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws UsageException {
        QuietRun run = new QuietRun();
        try {
            Start start = Start.read(asking(SettingOptions.read(parsed), terminal.environment()), run::property);
            if (start.from().equals(TargetsLocation.EXAMPLE_NAME)) {
                throw new FaultsException(List.of(Start.NO_TARGETS), List.of());
            }
            start.notes().forEach(note -> terminal.err().println("warning: " + note));
            List<String> words = parsed.matchedPositionalValue(0, List.of());
            OneRound.start(run, start, TargetChoice.of(start.targets(), words, CheckVerdict.UNKNOWN.code()),
                    parsed.hasMatchedOption(JSON));
        } catch (FaultsException e) {
            e.faults().forEach(terminal.err()::println);
            terminal.out().println(CheckReport.unknown(e.faults().get(0)
                    + (e.faults().size() > 1 ? " (and " + (e.faults().size() - 1) + " more)" : "")));
        }
        return CheckVerdict.UNKNOWN.code();
    }

    /** The settings as they are, in a mode that asks: whoever runs a subscriber may want to ask from there too. */
    private static Order asking(Map<String, String> options, Map<String, String> environment) {
        Map<String, String> said = new HashMap<>(options);
        said.put("QUARKUS_HTTP_PORT", environment.getOrDefault("QUARKUS_HTTP_PORT", "8080"));
        if (Mode.SUBSCRIBER.word().equalsIgnoreCase(environment.getOrDefault(Mode.VARIABLE, "").strip())) {
            said.put(Mode.VARIABLE, Mode.PUBLISHER.word());
        }
        return Order.of(said, environment, Map.of(), Foreign.NONE);
    }

    @Override
    public int misspoken(String words, Terminal terminal) {
        terminal.out().println(CheckReport.unknown(words));
        return CheckVerdict.UNKNOWN.code();
    }
}
