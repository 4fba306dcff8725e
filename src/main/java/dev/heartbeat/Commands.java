package dev.heartbeat;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.heartbeat.TargetsLocation.UnreadableException;
import dev.heartbeat.model.Fault;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetsFile;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * What does the command line ask for, besides running? Built without annotations, which native images would have to be told of.
 */
final class Commands {
    private static final String CHECK = "check-config";
    private static final String FILE = "FILE";
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Commands(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Does what these arguments ask, and answers the exit code: 0, or 1 for faults, or 2 for arguments that ask nothing we
     * know.
     */
    int run(String... args) {
        CommandLine line = new CommandLine(spec());
        line.setOut(new java.io.PrintWriter(out, true));
        line.setErr(new java.io.PrintWriter(err, true));
        line.setExecutionStrategy(this::execute);
        return line.execute(args);
    }

    private static CommandSpec spec() {
        CommandSpec check = CommandSpec.create().name(CHECK)
                .addPositional(PositionalParamSpec.builder().paramLabel(FILE).arity("0..1").type(Path.class)
                        .description("the targets file; without it, the one that a start would read").build());
        check.usageMessage().description("Says all that is wrong with the targets file and the environment.");
        check.mixinStandardHelpOptions(true);
        CommandSpec root = CommandSpec.create().name("heartbeat").version("heartbeat " + Version.of()).addSubcommand(CHECK,
                check);
        root.addSubcommand(Retirement.COMMAND, retire());
        root.mixinStandardHelpOptions(true);
        root.usageMessage()
                .description("Tells from outside whether what runs inside a closed network is alive.",
                        "Without a command it runs, in the mode that HEARTBEAT_MODE names: publisher, subscriber or standalone.")
                .footer(settings());
        return root;
    }

    private static CommandSpec retire() {
        CommandSpec retire = CommandSpec.create().name(Retirement.COMMAND);
        for (String part : List.of("SOURCE", "KIND", "NAME")) {
            retire.addPositional(PositionalParamSpec.builder().paramLabel(part).arity("1").type(String.class).build());
        }
        retire.usageMessage().description(
                "Takes a target that is no more out of the state and out of the Redis keys (REDIS_*).",
                "KIND is host, website, queue or consumer. Targets that our publisher's file no longer names go by themselves.");
        retire.mixinStandardHelpOptions(true);
        return retire;
    }

    private static String[] settings() {
        List<String> lines = new java.util.ArrayList<>(List.of("", "Settings (environment variables, and their defaults):"));
        Settings.all().forEach(setting -> lines.add(String.format("  %-28s %s", setting.variable(),
                setting.defaultValue() == null ? "" : setting.isSecret() ? "…" : setting.defaultValue())));
        lines.add("  The README says what each is for.");
        return lines.toArray(String[]::new);
    }

    private int execute(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        if (!parsed.hasSubcommand()) {
            parsed.commandSpec().commandLine().usage(err);
            return 2;
        }
        return parsed.subcommand().commandSpec().name().equals(CHECK)
                ? check(parsed.subcommand().matchedPositionalValue(0, null))
                : retire(parsed.subcommand());
    }

    private int retire(ParseResult parsed) {
        List<String> faults = new java.util.ArrayList<>(Settings.check(environment, System::setProperty));
        Kind kind = Kind.of(parsed.matchedPositionalValue(1, ""));
        if (kind == null) {
            faults.add("KIND must be host, website, queue or consumer");
        }
        faults.forEach(err::println);
        if (faults.isEmpty()) {
            Retirement.start(Choice.of(Mode.SUBSCRIBER, environment).stores(), parsed.matchedPositionalValue(0, ""),
                    new Target(kind, parsed.matchedPositionalValue(2, "")));
        }
        return 1;
    }

    /** Prints every fault with its place, the warnings after them, and one line of verdict. */
    private int check(Path file) {
        List<String> faults = new java.util.ArrayList<>(file == null ? Settings.check(environment, (property, value) -> {
        }) : List.of());
        try {
            Mode mode = file == null ? Mode.of(environment) : Mode.PUBLISHER;
            TargetsLocation location = file == null ? TargetsLocation.find(mode, environment)
                    : TargetsLocation.at(file, file.toString().equals(environment.get(TargetsLocation.PH)));
            if (location != null) {
                TargetsFile.Read read = location.read(0);
                read.faults().stream().map(Fault::toString).forEach(faults::add);
                read.warnings().forEach(warning -> err.println("warning: " + warning));
                if (faults.isEmpty()) {
                    out.println(location.name() + ": " + read.targets().all().size() + " targets, no fault");
                }
            } else if (mode.probes()) {
                faults.add(Start.NO_TARGETS);
            }
        } catch (UnreadableException | IllegalArgumentException e) {
            faults.add(e.getMessage());
        }
        faults.forEach(err::println);
        return faults.isEmpty() ? 0 : 1;
    }
}
