package dev.heartbeat;

import java.util.List;

import io.quarkus.runtime.Quarkus;

/** How does the program end when it is told to? In order, and with 0: a JVM left to itself would say 143. */
final class Termination {
    private Termination() {
    }

    /** Where signals can't be answered the program ends in order all the same, and with 143. */
    static void isAnOrderlyEnd() {
        try {
            Signals.on(List.of("TERM", "INT"), () -> Quarkus.asyncExit(0));
        } catch (ReflectiveOperationException e) {
            System.err.println("SIGTERM will end with 143, SIGINT with 130: " + e);
        }
    }
}
