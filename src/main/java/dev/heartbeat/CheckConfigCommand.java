package dev.heartbeat;

import java.util.List;

import dev.heartbeat.Start.FaultsException;
import dev.heartbeat.model.Route;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Is all that a start would read as it should be, and, where that is asked, all that it would connect to? */
record CheckConfigCommand() implements OneShot {
    private static final String CONNECT = "--connect";
    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec check = CommandSpec.create().name("check-config")
                .addOption(flag(CONNECT, "also tries broker, store, rights and receivers of alerts; changes and sends nothing"))
                .addOption(flag(JSON, "JSON in place of lines"))
                .addPositional(PositionalParamSpec.builder().paramLabel("FILE").arity("0..1").type(String.class)
                        .description("a targets file, or a file of the Python Healthcheck or of the Host Checker;"
                                + " without it, what a start would read")
                        .build());
        check.usageMessage().description("Says all that is wrong with files and environment.",
                "Exit code: 0, or 1 where there is a fault. A warning is none.");
        return check;
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) throws UsageException {
        boolean connects = parsed.hasMatchedOption(CONNECT);
        List<Order> orders = CheckedFile.orders(parsed.matchedPositionalValue(0, null), terminal.environment());
        if (connects && orders.size() > 1) {
            throw new UsageException("the file is for two roles: name the one to be tried in " + Mode.VARIABLE
                    + " (publisher or subscriber)", MISSPOKEN, false);
        }
        LegReport report = new LegReport(terminal, parsed.hasMatchedOption(JSON));
        for (Order order : orders) {
            QuietRun run = new QuietRun();
            Start start = read(order, run, report);
            if (start != null && connects) {
                Rehearsal.of(run, start, report);
            }
        }
        return report.end();
    }

    /** What a start would read; null where it would end there. */
    private static Start read(Order order, QuietRun run, LegReport report) {
        try {
            Start start = Start.read(order, run::property);
            start.notes().forEach(report::warning);
            if (start.targets() != null) {
                report.say(start.from() + ": " + start.targets().all().size() + " targets, no fault");
            }
            report.say(story(start) + ", no fault");
            return start;
        } catch (FaultsException e) {
            e.notes().forEach(report::warning);
            e.faults().forEach(report::fault);
            return null;
        }
    }

    private static String story(Start start) {
        String routes = String.join(", ", start.routes().stream().map(Route::toString).toList());
        String stores = String.join(", ", start.stores().stream().map(Store::word).toList());
        return start.mode().word() + " over " + start.transport().word() + (routes.isEmpty() ? "" : " (" + routes + ")")
                + (stores.isEmpty() ? "" : ", store " + stores);
    }
}
