package dev.heartbeat;

import java.io.PrintStream;
import java.util.Map;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What does a command do that starts no mode: which words does it take, and with which exit code does it end? */
interface OneShot {
    /** The exit code for arguments that ask nothing we know. */
    int MISSPOKEN = 2;

    /** Where does a command read from and write to? */
    record Terminal(Map<String, String> environment, PrintStream out, PrintStream err) {
    }

    /** Its arguments and its help. */
    CommandSpec spec();

    /** Does it; answers the exit code, unless the process ends by itself with one. */
    int run(ParseResult parsed, Terminal terminal) throws UsageException;

    /** The exit code for arguments that it does not understand, once they were told on the terminal's error stream. */
    default int misspoken(String words, Terminal terminal) {
        return MISSPOKEN;
    }
}
