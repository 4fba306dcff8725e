package dev.heartbeat;

import java.lang.reflect.Proxy;
import java.util.List;

import io.quarkus.runtime.Quarkus;

/** How does the program end when it is told to? In order, and with 0: a JVM left to itself would say 143. */
final class Termination {
    private Termination() {
    }

    /**
     * The JDK has no other way to answer a signal with an exit code than {@code sun.misc.Signal}, at whose name javac warns: so
     * it
     * is called by reflection. Where it is missing the program ends in order all the same, and with 143.
     */
    static void isAnOrderlyEnd() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object end = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] { handler },
                    (self, method, arguments) -> {
                        Quarkus.asyncExit(0);
                        return null;
                    });
            for (String name : List.of("TERM", "INT")) {
                signal.getMethod("handle", signal, handler).invoke(null,
                        signal.getConstructor(String.class).newInstance(name), end);
            }
        } catch (ReflectiveOperationException e) {
            System.err.println("SIGTERM will end with 143, SIGINT with 130: " + e);
        }
    }
}
