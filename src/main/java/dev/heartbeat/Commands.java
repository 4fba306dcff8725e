package dev.heartbeat;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
    private static final int MISSPOKEN = 2;
    private static final int WIDTH = 110;
    private static final Map<String, Asking> STARTS = starts();
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;
    private Order order;

    Commands(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    private static Map<String, Asking> starts() {
        Map<String, Asking> starts = new LinkedHashMap<>();
        Stream.of(OwnCommand.ALL, HcCommand.ALL, ScCommand.ALL).flatMap(List::stream)
                .forEach(asking -> starts.put(asking.spec().name(), asking));
        return starts;
    }

    /**
     * Does what these arguments ask, and answers the exit code: 0, or 1 for faults, or 2 for arguments that ask nothing we
     * know. When they ask to start, only {@link #order} is made.
     */
    int run(String... args) {
        CommandLine line = new CommandLine(spec());
        line.setOut(new java.io.PrintWriter(out, true));
        line.setErr(new java.io.PrintWriter(err, true));
        line.setUsageHelpWidth(WIDTH);
        line.setOverwrittenOptionsAllowed(true);
        // A value may begin with @, as a password may.
        line.setExpandAtFiles(false);
        line.setParameterExceptionHandler((misspoken, arguments) -> refuse(misspoken.getMessage(), misspoken.getCommandLine()));
        line.setExecutionStrategy(this::execute);
        return line.execute(ScCommand.modeFirst(args));
    }

    /** With what to start; null when the command is done. */
    Order order() {
        return order;
    }

    private int refuse(String words, CommandLine line) {
        err.println(words);
        err.println("\"" + line.getCommandSpec().qualifiedName() + " --help\" names what there is");
        return MISSPOKEN;
    }

    private static CommandSpec spec() {
        CommandSpec check = CommandSpec.create().name(CHECK)
                .addPositional(PositionalParamSpec.builder().paramLabel(FILE).arity("0..1").type(Path.class)
                        .description("the targets file; without it, the one that a start would read").build());
        check.usageMessage().description("Says all that is wrong with the targets file and the environment.");
        CommandSpec root = CommandSpec.create().name("heartbeat");
        STARTS.forEach((name, asking) -> root.addSubcommand(name, standard(asking.spec())));
        root.addSubcommand(CHECK, standard(check)).addSubcommand(Retirement.COMMAND, standard(retire()));
        KpCommand.addTo(root);
        standard(root).usageMessage()
                .description("Tells from outside whether what runs inside a closed network is alive.",
                        "Without a command it runs, in the mode that HEARTBEAT_MODE names: publisher, subscriber or standalone.")
                .footer(settings());
        return root;
    }

    private static CommandSpec standard(CommandSpec spec) {
        return spec.version("heartbeat " + Version.of()).mixinStandardHelpOptions(true);
    }

    private static CommandSpec retire() {
        CommandSpec retire = CommandSpec.create().name(Retirement.COMMAND);
        for (String part : List.of("SOURCE", "KIND", "NAME")) {
            retire.addPositional(PositionalParamSpec.builder().paramLabel(part).arity("1").type(String.class).build());
        }
        retire.usageMessage().description(
                "Takes a target that is no more out of the state and out of the Redis keys (REDIS_*).",
                "KIND is host, website, queue or consumer. Targets that our publisher's file no longer names go by themselves.");
        return retire;
    }

    private static String[] settings() {
        List<String> lines = new ArrayList<>(List.of("", "Settings (environment variables, and their defaults):"));
        Settings.all().forEach(setting -> lines.add(String.format("  %-28s %s", setting.variable(),
                setting.defaultValue() == null ? "" : setting.defaultValue())));
        lines.add("  The README says what each is for.");
        return lines.toArray(String[]::new);
    }

    private int execute(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        try {
            return ask(parsed);
        } catch (UsageException e) {
            CommandLine line = (parsed.hasSubcommand() ? parsed.subcommand() : parsed).commandSpec().commandLine();
            if (!e.help()) {
                return refuse(e.getMessage(), line);
            }
            err.println(e.getMessage());
            line.usage(err);
            return e.code();
        }
    }

    private int ask(ParseResult parsed) throws UsageException {
        if (KpCommand.isMeant(parsed)) {
            if (parsed.hasSubcommand()) {
                throw new UsageException("-c, --producer, --consumer and --debug stand alone, without a command", MISSPOKEN,
                        false);
            }
            order = KpCommand.order(parsed, environment);
            return 0;
        }
        if (!parsed.hasSubcommand()) {
            throw new UsageException("no command is given", MISSPOKEN, true);
        }
        ParseResult command = parsed.subcommand();
        Asking start = STARTS.get(command.commandSpec().name());
        if (start != null) {
            order = start.order(command, environment);
            return 0;
        }
        return command.commandSpec().name().equals(CHECK) ? check(command.matchedPositionalValue(0, null)) : retire(command);
    }

    private int retire(ParseResult parsed) {
        List<String> faults = new ArrayList<>();
        Map<String, String> settings = Aliases.resolve(environment, faults);
        faults.addAll(Settings.check(settings, System::setProperty));
        Kind kind = Kind.of(parsed.matchedPositionalValue(1, ""));
        if (kind == null) {
            faults.add("KIND must be host, website, queue or consumer");
        }
        faults.forEach(err::println);
        if (faults.isEmpty()) {
            Settings.tell(settings, System::setProperty);
            Retirement.start(Choice.of(Mode.SUBSCRIBER, settings).stores(), parsed.matchedPositionalValue(0, ""),
                    new Target(kind, parsed.matchedPositionalValue(2, "")));
        }
        return 1;
    }

    /** Prints every fault with its place, the warnings after them, and one line of verdict. */
    private int check(Path file) {
        List<String> faults = new ArrayList<>();
        Mode mode = file != null ? Mode.PUBLISHER : settingsMode(faults);
        try {
            TargetsLocation location = file != null
                    ? TargetsLocation.at(file, file.toString().equals(environment.get(TargetsLocation.PH)))
                    : mode == null ? null : TargetsLocation.find(mode, environment);
            if (location != null) {
                TargetsFile.Read read = location.read(0, References.in(environment));
                read.faults().stream().map(Fault::toString).forEach(faults::add);
                read.warnings().forEach(warning -> err.println("warning: " + warning));
                if (faults.isEmpty()) {
                    out.println(location.name() + ": " + read.targets().all().size() + " targets, no fault");
                }
            } else if (mode != null && mode.probes()) {
                faults.add(Start.NO_TARGETS);
            }
        } catch (UnreadableException e) {
            faults.add(e.getMessage());
        }
        faults.forEach(err::println);
        return faults.isEmpty() ? 0 : 1;
    }

    private Mode settingsMode(List<String> faults) {
        Choice choice = Start.check(Aliases.resolve(environment, faults), (property, value) -> {
        }, faults);
        return choice == null ? null : choice.mode();
    }
}
