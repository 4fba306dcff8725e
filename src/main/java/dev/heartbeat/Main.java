package dev.heartbeat;

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
        TraceSettings.alone(System::setProperty);
        Order order = args.length == 0 ? Order.of(System.getenv()) : order(args);
        try {
            start = Start.read(order, System::setProperty);
        } catch (FaultsException e) {
            LogFormat.of(order.environment()).print(e.faults(), System.err);
            System.exit(1);
        }
        Quarkus.run();
    }

    /** What the command line asks to start; other commands end the process. */
    private static Order order(String... args) {
        Commands commands = new Commands(System.getenv(), System.out, System.err);
        int code = commands.run(args);
        if (commands.order() == null) {
            System.exit(code);
        }
        return commands.order();
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
