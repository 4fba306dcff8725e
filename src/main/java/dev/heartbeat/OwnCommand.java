package dev.heartbeat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** How is one of our modes started with options in place of variables? */
record OwnCommand(Mode mode, String description) implements Asking {
    static final List<Asking> ALL = List.of(
            new OwnCommand(Mode.PUBLISHER, "Inside: probes, and tells."),
            new OwnCommand(Mode.SUBSCRIBER, "Outside: hears, remembers, judges and shows."),
            new OwnCommand(Mode.STANDALONE, "Both in one process, with no broker between."));

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(mode.word());
        spec.usageMessage().abbreviateSynopsis(true).description(description,
                "Each option stands before its variable; the README says what each is for.");
        SettingOptions.add(spec, variable -> !variable.equals(Mode.VARIABLE), Map.of());
        return spec;
    }

    @Override
    public Order order(ParseResult parsed, Map<String, String> environment) {
        Map<String, String> options = new HashMap<>(SettingOptions.read(parsed));
        options.put(Mode.VARIABLE, mode.word());
        return Order.of(options, environment, Map.of(), Foreign.NONE);
    }
}
