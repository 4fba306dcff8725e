package dev.heartbeat;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * What is done when a signal comes? The JDK has no other way to answer one than {@code sun.misc.Signal}, at whose name javac
 * warns: so it is called by reflection.
 */
final class Signals {
    private Signals() {
    }

    /** From now on; on a thread of the JDK's own, which may wait. */
    static void on(List<String> names, Runnable answer) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object handling = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] { handler },
                (self, method, arguments) -> {
                    answer.run();
                    return null;
                });
        for (String name : names) {
            signal.getMethod("handle", signal, handler).invoke(null,
                    signal.getConstructor(String.class).newInstance(name), handling);
        }
    }
}
