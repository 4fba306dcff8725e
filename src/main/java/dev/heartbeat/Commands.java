package dev.heartbeat;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.heartbeat.OneShot.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * What does the command line ask for, besides running? Built without annotations, which native images would have to be told of.
 */
final class Commands {
    private static final int WIDTH = 110;
    private static final Map<String, Asking> STARTS = starts();
    private static final Map<String, OneShot> ONE_SHOTS = oneShots();
    private final Terminal terminal;
    private Order order;

    Commands(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.terminal = new Terminal(environment, out, err);
    }

    private static Map<String, Asking> starts() {
        Map<String, Asking> starts = new LinkedHashMap<>();
        Stream.of(OwnCommand.ALL, HcCommand.ALL, ScCommand.ALL).flatMap(List::stream)
                .forEach(asking -> starts.put(asking.spec().name(), asking));
        return starts;
    }

    private static Map<String, OneShot> oneShots() {
        Map<String, OneShot> oneShots = new LinkedHashMap<>();
        Stream.of(new CheckConfigCommand(), new CheckCommand(), new RegexCommand(), new RetireCommand())
                .forEach(oneShot -> oneShots.put(oneShot.spec().name(), oneShot));
        return oneShots;
    }

    /**
     * Does what these arguments ask, and answers the exit code: 0, or 1 for faults, or 2 for arguments that ask nothing we
     * know. When they ask to start, only {@link #order} is made.
     */
    int run(String... args) {
        CommandLine line = new CommandLine(spec());
        line.setOut(new java.io.PrintWriter(terminal.out(), true));
        line.setErr(new java.io.PrintWriter(terminal.err(), true));
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
        terminal.err().println(words);
        terminal.err().println("\"" + line.getCommandSpec().qualifiedName() + " --help\" names what there is");
        OneShot oneShot = ONE_SHOTS.get(line.getCommandName());
        return oneShot == null ? OneShot.MISSPOKEN : oneShot.misspoken(words, terminal);
    }

    private static CommandSpec spec() {
        CommandSpec root = CommandSpec.create().name("heartbeat");
        STARTS.forEach((name, asking) -> root.addSubcommand(name, standard(asking.spec())));
        ONE_SHOTS.forEach((name, oneShot) -> root.addSubcommand(name, standard(oneShot.spec())));
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
            terminal.err().println(e.getMessage());
            line.usage(terminal.err());
            return e.code();
        }
    }

    private int ask(ParseResult parsed) throws UsageException {
        if (KpCommand.isMeant(parsed)) {
            if (parsed.hasSubcommand()) {
                throw new UsageException("-c, --producer, --consumer and --debug stand alone, without a command",
                        OneShot.MISSPOKEN, false);
            }
            order = KpCommand.order(parsed, terminal.environment());
            return 0;
        }
        if (!parsed.hasSubcommand()) {
            throw new UsageException("no command is given", OneShot.MISSPOKEN, true);
        }
        ParseResult command = parsed.subcommand();
        Asking start = STARTS.get(command.commandSpec().name());
        if (start != null) {
            order = start.order(command, terminal.environment());
            return 0;
        }
        return ONE_SHOTS.get(command.commandSpec().name()).run(command, terminal);
    }
}
