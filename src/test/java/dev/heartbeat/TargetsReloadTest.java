package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.model.Fault;
import dev.heartbeat.model.Reloaded;
import dev.heartbeat.model.Reloaded.Refused;
import dev.heartbeat.model.Reloaded.Taken;
import dev.heartbeat.model.Targets;
import dev.heartbeat.model.TargetsDifference;
import dev.heartbeat.model.TargetsFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** When is what stands in the targets file taken, when not, and what is told of it? */
class TargetsReloadTest {
    private static final References NO_VARIABLES = References.in(Map.of());
    @TempDir
    Path folder;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Targets> followed = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private Path file;
    private Targets running;
    private Reload reload;

    private static String hosts(String... names) {
        StringBuilder text = new StringBuilder("heartbeat:\n  hosts:\n");
        for (String name : names) {
            text.append("    - { name: ").append(name).append(", host: h, port: 1 }\n");
        }
        return text.toString();
    }

    @BeforeEach
    void begin() throws IOException {
        file = Files.writeString(folder.resolve("targets.yaml"), hosts("a", "b"));
        begin(TargetsLocation.at(file, false).again(NO_VARIABLES));
    }

    private void begin(Rereading reading) throws IOException {
        running = reading.read(Files.readAllBytes(reading.path())).targets();
        reload = new Reload(reading, () -> running, this::follow, new ReloadVoice(meters, () -> now), () -> now);
        assertThat(reload.look()).as("the first content must be seen twice").isTrue();
        assertThat(reload.look()).isFalse();
        now = now.plusSeconds(60);
    }

    private TargetsDifference follow(Targets next) {
        TargetsDifference difference = TargetsDifference.of(running, next);
        running = next;
        if (!difference.isNone()) {
            followed.add(next);
        }
        return difference;
    }

    private double count(String outcome) {
        return meters.get("heartbeat.config.reloads").tag("outcome", outcome).counter().count();
    }

    private double gauge(String name) {
        return meters.get("heartbeat.config.last.reload." + name).gauge().value();
    }

    private List<String> names() {
        return running.all().stream().map(target -> target.name()).toList();
    }

    private void looksTwice() {
        assertThat(reload.look()).as("another content is looked at again").isTrue();
        assertThat(reload.look()).as("it is the same now, and read").isFalse();
    }

    @Test
    void whatDoesNotChangeIsReadNoMoreAndToldToNobody() {
        for (int look = 0; look < 5; look++) {
            assertThat(reload.look()).isFalse();
        }

        assertThat(count("success") + count("failure")).isZero();
        assertThat(followed).isEmpty();
        assertThat(gauge("successful")).isEqualTo(1);
    }

    @Test
    void whatIsRewrittenInPlaceIsTakenEvenWithTheSameTimeAndSize() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, hosts("a", "c"), StandardOpenOption.TRUNCATE_EXISTING);
        Files.setLastModifiedTime(file, time);

        looksTwice();

        assertThat(names()).containsExactly("a", "c");
        assertThat(count("success")).isEqualTo(1);
        assertThat(gauge("success.timestamp")).isEqualTo(now.getEpochSecond());
        assertThat(reload.standing().read()).isEqualTo(now);
    }

    @Test
    void whatIsRenamedOverItIsTaken() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), hosts("c"));
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

        looksTwice();

        assertThat(names()).containsExactly("c");
    }

    /** As Kubernetes swaps a config map: the file is a symlink through the symlink {@code ..data}. */
    @Test
    void whatASymlinkOnItsWayPointsToNowIsTaken() throws IOException {
        Path mount = Files.createDirectory(folder.resolve("mount"));
        Files.writeString(Files.createDirectory(mount.resolve("..1")).resolve("t.yaml"), hosts("a", "b"));
        Files.writeString(Files.createDirectory(mount.resolve("..2")).resolve("t.yaml"), hosts("a", "b", "c"));
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        Path link = Files.createSymbolicLink(mount.resolve("t.yaml"), Path.of("..data", "t.yaml"));
        begin(TargetsLocation.at(link, false).again(NO_VARIABLES));

        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        looksTwice();

        assertThat(names()).containsExactly("a", "b", "c");
    }

    /** Every prefix at a line's end is a valid file. */
    @Test
    void whatIsStillBeingWrittenIsNeitherTakenNorComplainedAbout() throws IOException {
        String whole = hosts("a", "b", "c", "d", "e");
        for (int length = 10; length < whole.length(); length += 10) {
            Files.writeString(file, whole.substring(0, length));
            assertThat(reload.look()).as("after %d characters", length).isTrue();
        }
        assertThat(followed).isEmpty();
        assertThat(count("success") + count("failure")).isZero();

        Files.writeString(file, whole);
        looksTwice();

        assertThat(names()).containsExactly("a", "b", "c", "d", "e");
        assertThat(followed).hasSize(1);
    }

    @Test
    void whatIsFaultyChangesNothingAndIsToldOnce() throws IOException {
        Files.writeString(file, hosts("a") + "    - { name: x, host: h, port: many }\n");
        looksTwice();
        now = now.plusSeconds(60);
        for (int look = 0; look < 5; look++) {
            assertThat(reload.look()).isFalse();
        }

        assertThat(names()).containsExactly("a", "b");
        assertThat(count("failure")).isEqualTo(1);
        assertThat(gauge("successful")).isZero();
        assertThat(reload.standing().since()).isEqualTo(now.minusSeconds(60));
        assertThat(reload.standing().wrong()).singleElement().asString()
                .startsWith(file + ":4:33: heartbeat.hosts[1].port: \"many\" must be");
    }

    @Test
    void anotherFaultIsToldAnewAndSinceIsWhenItBegan() throws IOException {
        Files.writeString(file, "[");
        looksTwice();
        Instant since = now;
        now = now.plusSeconds(60);

        Files.writeString(file, "{");
        looksTwice();

        assertThat(count("failure")).isEqualTo(2);
        assertThat(reload.standing().since()).isEqualTo(since);
    }

    @Test
    void whatIsMendedIsTakenAndTheFaultForgotten() throws IOException {
        Files.writeString(file, "[");
        looksTwice();

        Files.writeString(file, hosts("a", "b"));
        looksTwice();

        assertThat(reload.standing().isFailed()).isFalse();
        assertThat(reload.standing().wrong()).isEmpty();
        assertThat(count("success")).isEqualTo(1);
        assertThat(gauge("successful")).isEqualTo(1);
        assertThat(followed).as("it asks for what was asked all the time").isEmpty();
    }

    @Test
    void aFileThatVanishesIsAFaultThatIsToldOnceAndIsTakenWhenItIsBack() throws IOException {
        Files.delete(file);
        looksTwice();
        assertThat(reload.look()).isFalse();
        assertThat(names()).containsExactly("a", "b");
        assertThat(count("failure")).isEqualTo(1);
        assertThat(reload.standing().wrong()).singleElement().asString().contains(file + ": can not be read", "no such file");

        Files.writeString(file, hosts("c"));
        looksTwice();

        assertThat(names()).containsExactly("c");
    }

    @Test
    void aFolderAndAPipeInItsPlaceAreFaultsAndNobodyWaitsForThem() throws IOException, InterruptedException {
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(reload.now()).isInstanceOf(Refused.class);
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();

        Reloaded refused = reload.now();

        assertThat(((Refused) refused).lines()).singleElement().asString().contains("no regular file");
        assertThat(reload.look()).isFalse();
    }

    @Test
    void whatCouldNotSayAnythingElseIsNotReadAgain() throws IOException {
        assertThat(TargetsLocation.at(Path.of("/dev/null"), false).again(NO_VARIABLES)).isNull();
        assertThat(new TargetsLocation("the bundled example", null, false).again(NO_VARIABLES)).isNull();
        assertThat(ForeignFiles.site("https://example.org", "5", "2", null).again()).isNull();
    }

    @Test
    void whoAsksIsAnsweredAtOnceAndEveryTime() throws IOException {
        Files.writeString(file, hosts("b", "c"));
        Taken taken = (Taken) reload.now();
        assertThat(taken.difference().added()).extracting(target -> target.name()).containsExactly("c");
        assertThat(taken.difference().removed()).extracting(target -> target.name()).containsExactly("a");
        assertThat(taken.difference().unchanged()).extracting(target -> target.name()).containsExactly("b");
        assertThat(((Taken) reload.now()).difference().isNone()).isTrue();
        assertThat(count("success")).isEqualTo(2);

        Files.writeString(file, "heartbeat: 7");
        assertThat(reload.now()).isInstanceOf(Refused.class);
        assertThat(reload.now()).isInstanceOf(Refused.class);

        assertThat(count("failure")).isEqualTo(2);
        assertThat(reload.look()).as("who asked was told already").isFalse();
    }

    @Test
    void whatNobodyExpectedOfAReaderIsAFaultAsWell() {
        assertIsAFault(() -> new IllegalStateException("broken").toString().charAt(-1), "StringIndexOutOfBounds");
        assertIsAFault(() -> deeper(0), "StackOverflowError");
    }

    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    private void assertIsAFault(Supplier<Object> failing, String name) {
        Reload fragile = new Reload(new Rereading(file, content -> new TargetsFile.Read(null, List.of(), List.of(
                new Fault("t", 1, 1, "", null, failing.get().toString()))), NO_VARIABLES), () -> running, this::follow,
                new ReloadVoice(new SimpleMeterRegistry(), () -> now), () -> now);

        assertThat(((Refused) fragile.now()).lines()).singleElement().asString().contains(name, "please report it");
        assertThat(fragile.standing().isFailed()).isTrue();
    }

    @Test
    void whoeverRefusesToFollowRefusesTheFile() {
        Reload refusing = new Reload(TargetsLocation.at(file, false).again(NO_VARIABLES), () -> running, targets -> {
            throw new IllegalArgumentException("no such certificate");
        }, new ReloadVoice(new SimpleMeterRegistry(), () -> now), () -> now);

        assertThat(refusing.now()).isInstanceOf(Refused.class);
    }

    @Test
    void theBrokerInAFileOfAnotherProgramCountsFromTheNextStart() throws IOException {
        Path kp = Files.writeString(folder.resolve("kp.yaml"), Files.readString(Path.of("config/healthcheck.yaml")));
        Rereading reading = ForeignFiles.producer(kp.toString(), Map.of()).foreign().again();
        String other = Files.readString(kp).replace("localhost:9092", "elsewhere:9092");

        assertThat(reading.read(Files.readAllBytes(kp)).warnings()).isEmpty();

        assertThat(reading.read(other.getBytes(StandardCharsets.UTF_8)).warnings()).singleElement().asString()
                .contains("another broker", "next start");
    }

    /** A slip in a key, which is only a warning where PH's own file is read, must not retire all that is watched. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whatWouldLeaveNothingToWatchIsRefusedAndWhatBroughtItAboutIsTold(boolean lenient) throws IOException {
        begin(TargetsLocation.at(file, lenient).again(NO_VARIABLES));
        for (String content : List.of("heartbeat: { hostz: [ { name: a, host: h, port: 1 } ] }", "heartbeat: {}",
                "heartbeat: { hosts: [] }")) {
            Files.writeString(file, content);

            Refused refused = (Refused) reload.now();

            assertThat(names()).as(content).containsExactly("a", "b");
            assertThat(refused.faults()).hasSameSizeAs(refused.lines());
            assertThat(refused.lines()).allMatch(line -> line.startsWith(file + ":1:"));
            assertThat(String.join("\n", refused.lines())).contains(content.contains("hostz") ? "hostz" : "nothing is watched");
            if (lenient) {
                assertThat(refused.lines().get(0)).contains("leave nothing to watch, where 2 are asked now", "start", "retire");
            }
        }
        assertThat(reload.standing().isFailed()).isTrue();
        assertThat(followed).isEmpty();
    }

    @Test
    void whoeverBeganWithNothingToWatchMayGoOnSo() throws IOException {
        Files.writeString(file, "heartbeat: {}");
        begin(TargetsLocation.at(file, true).again(NO_VARIABLES));
        Files.writeString(file, "heartbeat: { hosts: [] }");
        assertThat(reload.now()).isInstanceOf(Taken.class);

        Files.writeString(file, hosts("a"));
        looksTwice();

        assertThat(names()).containsExactly("a");
    }

    /** Whatever the command line says counts for the file as well, then and later; and of a setting either name. */
    @Test
    void aVariableStandsForTheSameAsAtTheStart() throws Exception {
        Files.writeString(file, """
                heartbeat:
                  hosts: [ { name: mq, host: !ENV "${RABBITMQ_HOST:localhost}", port: 1 } ]
                  http:
                    - { name: old, url: !ENV "http://${KAFKA_BROKER}/" }
                    - { name: new, url: !ENV "http://${KAFKA_BOOTSTRAP_SERVERS}/" }
                """);
        Start start = Start.read(Order.of(Map.of("RABBITMQ_HOST", "mq"), Map.of("HEARTBEAT_MODE", "publisher",
                "RABBITMQ_HOST", "elsewhere", "KAFKA_BROKER", "k1:9092", "TARGETS_FILE", file.toString()), Map.of(),
                Foreign.NONE), (property, value) -> {
                });
        assertThat(start.targets().specs().toString()).contains("host=mq");

        begin(start.again());

        assertThat(running).isEqualTo(start.targets());
        assertThat(followed).isEmpty();
    }

    private Path secret() throws IOException {
        Path secret = Files.writeString(folder.resolve("token"), "first\n");
        Files.writeString(file, site("a"));
        begin(TargetsLocation.at(file, false).again(References.in(Map.of("TOKEN_FILE", secret.toString()))));
        return secret;
    }

    private static String site(String name) {
        return "heartbeat: { http: [ { name: " + name + ", url: \"http://h/\", headers: { Authorization: !ENV"
                + " \"Bearer ${TOKEN}\" } } ] }";
    }

    @Test
    void aSecretThatIsRotatedIsTakenUpAndNothingOfItTold() throws IOException {
        Path secret = secret();
        Files.writeString(secret, "second\n");
        looksTwice();
        assertThat(followed).hasSize(1);
        assertThat(count("success")).isEqualTo(1);

        Files.writeString(secret, "second");
        assertThat(reload.look()).as("a line break is none of it").isFalse();
        Files.delete(secret);
        looksTwice();
        assertThat(reload.look()).isFalse();

        assertThat(count("failure")).isEqualTo(1);
        assertThat(reload.standing().wrong()).singleElement().asString().contains("TOKEN_FILE", "can not be read")
                .doesNotContain("first", "second");
        assertThat(followed).hasSize(1);
    }

    @Test
    void whatWasRefusedForASecretIsTakenOnceThatIsThere() throws IOException {
        Path secret = secret();
        Files.writeString(secret, "");
        Files.writeString(file, site("b"));
        looksTwice();
        assertThat(reload.look()).isFalse();
        assertThat(reload.standing().wrong()).singleElement().asString().contains("TOKEN_FILE", "is empty");
        assertThat(names()).containsExactly("a");

        Files.delete(secret);
        assertThat(reload.look()).as("there is still none").isFalse();
        Files.writeString(secret, "third");
        looksTwice();

        assertThat(names()).containsExactly("b");
        assertThat(reload.standing().isFailed()).isFalse();
        assertThat(reload.look()).isFalse();
    }

    @Test
    void aSecretInAPipeIsNotWaitedFor() throws IOException, InterruptedException {
        Path secret = secret();
        Files.delete(secret);
        assertThat(new ProcessBuilder("mkfifo", secret.toString()).start().waitFor()).isZero();

        looksTwice();

        assertThat(reload.look()).isFalse();
        assertThat(reload.standing().wrong()).singleElement().asString().contains("TOKEN_FILE", "is no regular file");
    }

    @Test
    void aFileThatIsTooLargeIsAFaultThatIsToldOnce() throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength((16L << 20) + 1);
        }
        looksTwice();
        for (int look = 0; look < 5; look++) {
            assertThat(reload.look()).isFalse();
        }

        assertThat(count("failure")).isEqualTo(1);
        assertThat(reload.standing().wrong()).singleElement().asString().contains("larger than 16 MiB");

        Files.writeString(file, hosts("c"));
        looksTwice();

        assertThat(names()).containsExactly("c");
    }
}
