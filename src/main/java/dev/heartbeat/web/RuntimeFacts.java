package dev.heartbeat.web;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.runtime.ImageMode;

/** What runs here, since when, and on what? Nothing that is a secret, and no name of a machine. */
@Singleton
class RuntimeFacts implements EnvironProbe {
    private final String version;
    private final Serving serving;
    private final Instant started = ProcessHandle.current().info().startInstant()
            .orElseGet(InstantSource.system()::instant).truncatedTo(ChronoUnit.MILLIS);

    RuntimeFacts(@ConfigProperty(name = "quarkus.application.version") String version, Serving serving) {
        this.version = version;
        this.serving = serving;
    }

    @Override
    public Found ask() {
        Runtime runtime = Runtime.getRuntime();
        return Found.of(Map.of("java", Runtime.version().version(),
                "heartbeat", Map.of("version", version, "mode", serving.mode(), "started", started.toString()),
                "runtime", Map.of("name", property("java.vm.name"), "vendor", property("java.vm.vendor"),
                        "version", Runtime.version().toString(), "native", ImageMode.current().isNativeImage(),
                        "os", property("os.name"), "arch", property("os.arch"),
                        "processors", runtime.availableProcessors(), "memory_bytes", runtime.maxMemory())));
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }
}
