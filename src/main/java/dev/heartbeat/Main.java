package dev.heartbeat;

import java.util.List;

import dev.heartbeat.Start.FaultsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where does it begin? With a command, or with a run in the mode that the environment names. */
@QuarkusMain
public final class Main {
    private static volatile Start start;
    private static volatile boolean command;

    private Main() {
    }

    public static void main(String... args) {
        if (args.length > 0) {
            System.exit(new Commands(System.getenv(), System.out, System.err).run(args));
        }
        try {
            start = Start.read(System.getenv());
        } catch (FaultsException e) {
            List<String> faults = e.faults();
            faults.forEach(System.err::println);
            System.exit(1);
        }
        Quarkus.run();
    }

    /** The application runs for a command: nothing begins by itself. */
    static void isCommand(Start with) {
        start = with;
        command = true;
    }

    static boolean isCommand() {
        return command;
    }

    /** What was read before the start; null where the tests start the application without coming through here. */
    static Start start() {
        return start;
    }
}
