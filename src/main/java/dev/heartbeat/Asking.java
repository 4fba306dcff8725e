package dev.heartbeat;

import java.util.Map;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What may be said after a command that starts the program, and what is then to be started? */
interface Asking {
    /** Its options and its help. */
    CommandSpec spec();

    /** @throws UsageException when something is missing that only the command line can tell */
    Order order(ParseResult parsed, Map<String, String> environment) throws UsageException;
}
