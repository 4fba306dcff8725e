package dev.heartbeat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Target;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** How does a target that is no more leave by hand? */
record RetireCommand() implements OneShot {
    @Override
    public CommandSpec spec() {
        CommandSpec retire = CommandSpec.create().name("retire");
        for (String part : List.of("SOURCE", "KIND", "NAME")) {
            retire.addPositional(
                    PositionalParamSpec.builder().paramLabel(part).arity("1").required(true).type(String.class).build());
        }
        retire.usageMessage().description(
                "Takes a target that is no more out of the state and out of the Redis keys (REDIS_*).",
                "KIND is " + Kind.all(" or ") + ". Targets that our publisher's file no longer names go by themselves.");
        return retire;
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) {
        QuietRun run = new QuietRun();
        List<String> faults = new ArrayList<>();
        Map<String, String> settings = Aliases.resolve(terminal.environment(), faults);
        faults.addAll(Settings.check(settings, run::property));
        Kind kind = Kind.of(parsed.matchedPositionalValue(1, ""));
        if (kind == null) {
            faults.add("KIND must be " + Kind.all(" or "));
        }
        faults.forEach(terminal.err()::println);
        if (faults.isEmpty()) {
            Settings.tell(settings, run::property);
            Retirement.start(run, Choice.of(Mode.SUBSCRIBER, settings).stores(), parsed.matchedPositionalValue(0, ""),
                    new Target(kind, parsed.matchedPositionalValue(2, "")));
        }
        return 1;
    }
}
