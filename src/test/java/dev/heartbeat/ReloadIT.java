package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.Door;
import dev.heartbeat.services.Ports;
import dev.heartbeat.services.Program;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;

/** Does the packaged program take its targets file in whichever way it is changed, and survive whatever is in it? */
@SuppressWarnings("try")
class ReloadIT {
    static final List<String> EXAMPLES = Mutations.EXAMPLES.subList(0, 5);
    private static final long SEED = 5;
    private static final int TIMES = Faults.times(40, 200);
    private static final ObjectMapper JSON = new ObjectMapper();
    @TempDir
    Path folder;
    private final Door door = Door.open();
    private Program program;

    @AfterEach
    void end() {
        if (program != null) {
            program.close();
        }
        door.close();
    }

    private String hosts(String... names) {
        StringBuilder text = new StringBuilder("heartbeat:\n  defaults: { interval: 200ms }\n  hosts:\n");
        for (String name : names) {
            text.append("    - { name: ").append(name).append(", host: 127.0.0.1, port: ").append(door.port()).append(" }\n");
        }
        return text.toString();
    }

    private Program start(Path file, String reload, String... more) {
        Map<String, String> environment = new HashMap<>(
                Map.of("TARGETS_FILE", file.toString(), "TARGETS_RELOAD", reload));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        program = Program.startHearingHangup(folder, environment);
        return program.untilLog("standalone runs");
    }

    private void untilTargets(String... names) {
        program.untilStatus(status -> {
            JsonNode targets = status.path("targets");
            return targets.size() == names.length
                    && Stream.of(names)
                            .allMatch(name -> Program.target(status, "host", name).path("health").asText().equals("UP"));
        });
    }

    private JsonNode check() {
        for (JsonNode check : program.json("/q/health/ready").path("checks")) {
            if (check.path("name").asText().equals("targets")) {
                assertThat(check.path("status").asText()).as("what was read before works").isEqualTo("UP");
                return check.path("data");
            }
        }
        throw new AssertionError("there is no check of that name");
    }

    @Test
    void whatIsRewrittenRenamedBrokenAndMendedIsTakenWheneverItIsRight() throws IOException {
        Path file = Files.writeString(folder.resolve("targets.yaml"), hosts("stays"));
        start(file, "200ms");
        untilTargets("stays");
        String since = Program.target(program.json("/api/status"), "host", "stays").path("since").asText();
        Files.writeString(file, hosts("stays", "two"), StandardOpenOption.TRUNCATE_EXISTING);
        untilTargets("stays", "two");
        Files.move(Files.writeString(folder.resolve("new"), hosts("stays", "three")), file, StandardCopyOption.ATOMIC_MOVE);
        untilTargets("stays", "three");
        program.untilLog("host two of publisher is retired, was UP");
        assertThat(check().path("reload").asText()).isEqualTo("ok");

        Files.writeString(file, hosts("stays") + "    - { name: bad, host: 127.0.0.1, port: 0 }\n    - { nmae: x }\n");
        program.untilLog("targets.yaml:5:43: heartbeat.hosts[1].port: \"0\" must be");
        assertThat(check().path("reload").asText()).isEqualTo("failed");
        assertThat(check().path("fault").asText()).contains("targets.yaml:5:43: heartbeat.hosts[1].port");
        assertThat(check().path("since").asText()).isNotBlank();
        assertThat(program.text("/q/metrics")).containsPattern("heartbeat_config_reloads_total\\{outcome=\"failure\"[^}]*} 1.0")
                .containsPattern("heartbeat_config_last_reload_successful(\\{[^}]*})? 0.0");
        Files.delete(file);
        program.untilLog("targets.yaml: can not be read (no such file)");
        untilTargets("stays", "three");
        assertThat(program.log("is not taken as it is now")).as("each fault is told once").hasSize(2);

        Files.writeString(file, hosts("stays", "four"));
        untilTargets("stays", "four");
        assertThat(check().path("reload").asText()).isEqualTo("ok");
        assertThat(check().has("fault")).isFalse();
        assertThat(program.text("/q/metrics")).containsPattern("heartbeat_config_reloads_total\\{outcome=\"success\"[^}]*} 3.0")
                .containsPattern("heartbeat_config_last_reload_successful(\\{[^}]*})? 1.0")
                .containsPattern("heartbeat_config_last_reload_success_timestamp_seconds(\\{[^}]*})? 1\\.\\d+E9");
        JsonNode stays = Program.target(program.json("/api/status"), "host", "stays");
        assertThat(stays.path("since").asText()).isEqualTo(since);
        assertThat(program.json("/api/transitions?name=stays").path("transitions")).isEmpty();
        assertThat(program.status("/heartbeat")).isEqualTo(200);
        assertThat(program.stop()).isZero();
    }

    @Test
    void anAuthorityThatWasRenewedUnderItsPathIsTrustedOnceTheSameFileIsReadAgain() throws IOException {
        Certificates renewed = Certificates.create();
        Certificates.Pair pair = renewed.server("dns:localhost");
        Path authority = Files.copy(Certificates.create().authority(), folder.resolve("ca.pem"));
        Vertx vertx = Vertx.vertx();
        try {
            int port = vertx.createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(
                    new PemKeyCertOptions().addCertPath(pair.certificate().toString()).addKeyPath(pair.key().toString())))
                    .requestHandler(request -> request.response().end())
                    .listen(0).toCompletionStage().toCompletableFuture().join().actualPort();
            Path file = Files.writeString(folder.resolve("targets.yaml"),
                    "heartbeat: { defaults: { interval: 200ms }, http: [ { name: site, url: 'https://localhost:" + port
                            + "/', tls: { ca: '" + authority + "' } } ] }");
            start(file, "0");
            program.untilHealth("website", "site", "DOWN");
            Files.copy(renewed.authority(), authority, StandardCopyOption.REPLACE_EXISTING);

            assertThat(JSON.readTree(program.post("/api/reload").body()).path("unchanged").asInt()).isOne();

            program.untilHealth("website", "site", "UP");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** As Kubernetes does it. */
    @Test
    void aConfigMapThatIsSwappedIsTaken() throws IOException {
        Path mount = Files.createDirectory(folder.resolve("mount"));
        Files.writeString(Files.createDirectory(mount.resolve("..1")).resolve("targets.yaml"), hosts("one"));
        Files.writeString(Files.createDirectory(mount.resolve("..2")).resolve("targets.yaml"), hosts("one", "two"));
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        start(Files.createSymbolicLink(mount.resolve("targets.yaml"), Path.of("..data", "targets.yaml")), "200ms");
        untilTargets("one");
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        untilTargets("one", "two");
        program.untilLog("was read again: 2 targets, 1 added (host two)");
    }

    @Test
    void aSignalAndAPostReadItAtOnceAndNothingElseDoes() throws IOException {
        Path file = Files.writeString(folder.resolve("targets.yaml"), hosts("one"));
        start(file, "0");
        untilTargets("one");
        Files.writeString(file, hosts("one", "two"));
        HttpResponse<String> taken = program.post("/api/reload");
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(taken.body())).isEqualTo(JSON.readTree("""
                {"from": "%s", "added": 1, "removed": 0, "changed": 0, "unchanged": 1}""".formatted(file)));
        untilTargets("one", "two");

        Files.writeString(file, hosts("one").replace("hosts:", "hostz:"));
        HttpResponse<String> refused = program.post("/api/reload");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode fault = JSON.readTree(refused.body()).path("faults").path(0);
        assertThat(JSON.readTree(refused.body()).fieldNames()).toIterable().containsExactly("type", "title", "status", "detail",
                "instance", "faults");
        assertThat(fault.fieldNames()).toIterable().containsExactly("line", "column", "key", "value", "message");
        assertThat(fault.path("line").asInt()).isEqualTo(3);
        assertThat(fault.path("column").asInt()).isEqualTo(3);
        assertThat(fault.path("message").asText()).contains("hosts");
        assertThat(program.post("/api/reload", "Origin", "http://127.0.0.1:" + program.port()).statusCode()).isEqualTo(403);
        assertThat(program.post("/api/reload", "X-Forwarded-For", "192.0.2.7").statusCode()).isEqualTo(403);
        assertThat(program.status("/api/reload")).isEqualTo(405);

        assumeThat(ignoresHangup()).as("whoever runs this test ignores SIGHUP, and has no env that ends that").isFalse();
        Files.writeString(file, hosts("two", "three"));
        program.hangUp();
        untilTargets("two", "three");
        Files.writeString(file, "[");
        program.hangUp();
        program.hangUp();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> program.log("is not taken as it is now").size() >= 2);
        Files.writeString(file, hosts("two"));
        program.hangUp();
        untilTargets("two");
        assertThat(program.stop()).isZero();
    }

    private boolean ignoresHangup() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(program.pid()), "status"))) {
            String ignored = lines.filter(line -> line.startsWith("SigIgn:")).findFirst().orElse("0")
                    .replaceAll("\\W*SigIgn:\\s*", "");
            return (Long.parseUnsignedLong(ignored, 16) & 1) != 0;
        }
    }

    @Test
    void whereAUserIsSetOnlyThatUserReloads() throws IOException {
        start(Files.writeString(folder.resolve("targets.yaml"), hosts("one")), "0", "WEB_USER", "ops", "WEB_PASSWORD",
                "s3cret");
        String user = "Basic " + Base64.getEncoder().encodeToString("ops:s3cret".getBytes(StandardCharsets.UTF_8));
        assertThat(program.post("/api/reload").statusCode()).isEqualTo(401);
        assertThat(program.post("/api/reload", "Authorization", user, "X-Forwarded-For", "192.0.2.7").statusCode())
                .isEqualTo(200);
        assertThat(program.post("/api/reload", "Authorization", user, "Origin", "null").statusCode()).isEqualTo(403);
    }

    /** Fed to the running program as it is started with each of them: it lives, and in the end takes the original. */
    @ParameterizedTest
    @FieldSource("EXAMPLES")
    @Tag(Faults.TAG)
    void slipsInAnExampleLeaveARunningProgram(String example) throws IOException {
        byte[] original = Files.readAllBytes(Path.of(example));
        Path file = Files.write(folder.resolve(Path.of(example).getFileName()), original);
        Map<String, String> environment = new HashMap<>(Map.of("TARGETS_RELOAD", "1m", "KAFKA_TOPIC", "t",
                "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + Ports.free(), "KAFKA_SERVER", "127.0.0.1:" + Ports.free()));
        String[] arguments = example.endsWith(".txt") ? new String[] { "produce", "-c", file.toString() }
                : example.contains("healthcheck") ? new String[] { "--producer", "-c", file.toString() } : new String[0];
        if (arguments.length == 0) {
            environment.put(example.endsWith(".json") ? "PUBLISHER_CONFIG_PATH" : "TARGETS_FILE", file.toString());
            environment.put("HEARTBEAT_MODE", "standalone");
        }
        program = Program.start(folder, environment, arguments).untilLog(" runs");
        program.untilServing();
        int refused = 0;
        for (int turn = 0; turn < TIMES; turn++) {
            Files.write(file, Mutations.of(original, SEED + turn));
            HttpResponse<String> answer = program.post("/api/reload");
            assertThat(answer).as("seed %d, the log:%n%s", SEED + turn, program.log()).isNotNull();
            assertThat(answer.statusCode()).as("seed %d: %s", SEED + turn, answer.body()).isIn(200, 422);
            refused += answer.statusCode() == 422 ? 1 : 0;
            if (answer.statusCode() == 422) {
                assertThat(JSON.readTree(answer.body()).path("faults")).as("seed %d", SEED + turn).isNotEmpty();
            }
        }
        assertThat(refused).isGreaterThan(TIMES / 4);
        Files.write(file, original);
        assertThat(program.post("/api/reload").statusCode()).isEqualTo(200);
        assertThat(check().path("reload").asText()).isEqualTo("ok");
        assertThat(program.ownLog()).noneMatch(line -> line.contains("ERROR") || line.startsWith("\tat "));
        assertThat(program.stop()).isZero();
    }
}
