package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import dev.heartbeat.model.Fault;
import dev.heartbeat.model.Reloaded;
import dev.heartbeat.model.Reloaded.Refused;
import dev.heartbeat.model.Reloaded.Taken;
import dev.heartbeat.model.Targets;
import dev.heartbeat.model.TargetsDifference;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Whatever a slip makes of a targets file: is it taken whole or refused with the place of every fault, and nothing else? */
class ReloadMutationsTest {
    static final List<String> EXAMPLES = Mutations.EXAMPLES;
    private static final int TIMES = 200;
    private static final long SEED = 20261121;
    @TempDir
    Path folder;
    private static final Logger VOICE = Logger.getLogger(Reload.class.getName());
    private Targets running;
    private int refused;

    @BeforeAll
    static void beQuiet() {
        VOICE.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        VOICE.setLevel(null);
    }

    /** As it is read at a start, by whichever program it is of. */
    private static Rereading reading(String example, Path file) {
        if (example.contains("/kp/") || example.contains("healthcheck")) {
            Map<String, String> environment = Map.of("KAFKA_BOOTSTRAP_SERVER", "localhost:9092", "CA_FILE", "ca", "CERT_FILE",
                    "cert", "KEY_FILE", "key");
            return ForeignFiles.producer(file.toString(), environment).foreign().again();
        }
        return example.contains("hosts.txt") || example.contains("/hc/") ? ForeignFiles.hosts(file.toString()).again()
                : TargetsLocation.at(file, example.endsWith(".json")).again(References.in(Map.of()));
    }

    @ParameterizedTest
    @FieldSource("EXAMPLES")
    @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everySlipIsTakenOrRefusedWithItsPlace(String example) throws IOException {
        byte[] original = Files.readString(Path.of(example)).replace("${port}", "8080").getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve(Path.of(example).getFileName()), original);
        Rereading reading = reading(example, file);
        Targets first = reading.read(original).targets();
        assertThat(first).as(example).isNotNull();
        running = first;
        Reload reload = new Reload(reading, () -> running, this::follow,
                new ReloadVoice(new SimpleMeterRegistry(), InstantSource.system()),
                InstantSource.system());
        for (int turn = 0; turn < TIMES; turn++) {
            byte[] mutated = Mutations.of(original, SEED + turn);
            Files.write(file, mutated);
            Targets before = running;
            holds(reload.now(), reload, before, mutated, example + " by seed " + (SEED + turn));
        }
        assertThat(refused).as("slips of %s that were found", example).isGreaterThan(TIMES / 4);
        Files.writeString(file, new String(original, StandardCharsets.UTF_8)
                .replaceAll("\\b(hosts|http|rmq_consumers|health)(?=\"?:\\s)", "$1z"));
        reload.now();
        assertThat(running.all()).as("with each section of %s misspelt", example).isNotEmpty();
        Files.write(file, original);
        assertThat(reload.now()).isInstanceOf(Taken.class);
        assertThat(running).isEqualTo(first);
        assertThat(reload.standing().isFailed()).isFalse();
    }

    private TargetsDifference follow(Targets next) {
        TargetsDifference difference = TargetsDifference.of(running, next);
        running = next;
        return difference;
    }

    private void holds(Reloaded reloaded, Reload reload, Targets before, byte[] mutated, String which) {
        assertThat(reload.standing().isFailed()).as(which).isEqualTo(reloaded instanceof Refused);
        if (reloaded instanceof Refused refusal) {
            refused++;
            assertThat(running).as(which).isSameAs(before);
            assertThat(refusal.lines()).as(which).isNotEmpty().noneMatch(line -> line.contains("please report"));
            assertThat(refusal.faults()).as(which).hasSameSizeAs(refusal.lines());
            refusal.faults().forEach(fault -> holds(fault, mutated, which));
        } else {
            assertThat(running).as(which).isNotSameAs(before);
            assertThat(running.all()).as(which).isNotEmpty();
        }
    }

    private static void holds(Fault fault, byte[] mutated, String which) {
        String line = fault.toString();
        int lines = 1;
        for (byte one : mutated) {
            lines += one == '\n' || one == '\r' ? 1 : 0;
        }
        assertThat(fault.line()).as("%s: %s", which, line).isBetween(1, lines + 1);
        assertThat(fault.column()).as("%s: %s", which, line).isBetween(1, mutated.length + 2);
        assertThat(line).as(which).startsWith(fault.file() + ":" + fault.line() + ":" + fault.column() + ": ");
        assertThat(fault.message()).as(which).isNotBlank();
        assertThat(line.chars()).as(which).noneMatch(Character::isISOControl);
        if (!fault.key().isEmpty() && fault.key().length() < 80) {
            assertThat(line).as(which).matches("(?s).*(must|is no|is no key|can not|has |needs|names|are |is ).*");
        }
    }
}
