package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.HealthSpec;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetsFile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/** What becomes of the answers of a real endpoint, and of their want? */
class HealthProbeTest {
    private static final String UP = "{\"status\":\"UP\",\"checks\":[{\"name\":\"db\",\"status\":\"UP\"}]}";

    private final HttpRig rig = new HttpRig(Asked.trust(Map.of()));
    private final HealthProbe probe = rig.health(() -> Instant.parse("2026-11-21T10:00:00Z"));
    private volatile int status = 200;
    private volatile String body = UP;
    private volatile String heard;
    private final int port = rig.serve(this::answer);
    private HealthSpec spec = spec("");

    @AfterEach
    void stop() {
        rig.close();
    }

    private void answer(HttpServerRequest request) {
        heard = request.method() + " " + request.getHeader("Authorization");
        if (status == 0) {
            request.connection().close();
            return;
        }
        request.response().setStatusCode(status).end(body.replace("TOKEN", String.valueOf(request.getHeader("X-Token"))));
    }

    private HealthSpec spec(String more) {
        TargetsFile.Read read = TargetsFile.read("t.yaml", "heartbeat: {health: [{name: portal, url: 'http://127.0.0.1:" + port
                + "/'" + more + "}]}", false);
        assertThat(read.faults()).isEmpty();
        return read.targets().specs(HealthSpec.class).get(0);
    }

    private static String golden(String name) {
        try (InputStream file = HealthProbeTest.class.getResourceAsStream("/health/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Check check() {
        return probe.checks(List.of(spec)).get(0);
    }

    /** With a failure put in words as the runner does it. */
    private List<Finding> findings() {
        Check check = check();
        return check.ask().onFailure().recoverWithItem(failure -> check.unanswered(Failures.outcome(failure)))
                .await().atMost(Duration.ofSeconds(10));
    }

    /** By the target's name, in order. */
    private Map<String, Outcome> ask(int newStatus, String newBody) {
        status = newStatus;
        body = newBody;
        return outcomes(findings());
    }

    private static Map<String, Outcome> outcomes(List<Finding> findings) {
        return findings.stream().collect(Collectors.toMap(finding -> finding.target().name(), Finding::outcome, (a, b) -> null,
                LinkedHashMap::new));
    }

    private static Outcome unhealthy(String detail) {
        return Outcome.down(Reason.UNHEALTHY, detail);
    }

    @Test
    void theEndpointAndEachCheckItNamesAreFound() {
        List<Finding> findings = findings();

        assertThat(outcomes(findings)).containsExactly(entry("portal", Outcome.UP), entry("portal/db", Outcome.UP));
        assertThat(findings).allMatch(finding -> finding.target().kind() == Kind.HEALTH);
        assertThat(findings.get(0).evidence()).isEqualTo(new Evidence(200, null, null));
        assertThat(findings.get(0).latency()).isPositive();
        assertThat(findings.get(1).evidence()).isNull();
        assertThat(findings.get(1).latency()).isNull();
        assertThat(heard).startsWith("GET");
    }

    @Test
    void oarepoFailsWithStatus500() {
        assertThat(ask(500, golden("oarepo-failing.json"))).containsExactly(
                entry("portal", unhealthy("1 of 1 checks: Database")),
                entry("portal/Database", unhealthy("Error accessing database")));
    }

    @Test
    void microProfileFailsWithStatus503() {
        assertThat(ask(503, golden("microprofile-down.json"))).containsExactly(
                entry("portal", unhealthy("1 of 3 checks: Database connections health check")),
                entry("portal/Database connections health check", unhealthy(
                        "<default>: Unable to execute the validation check for the default DataSource: Connection refused")),
                entry("portal/SmallRye Reactive Messaging - readiness check", Outcome.UP), entry("portal/disk", Outcome.UP));
    }

    @Test
    void whatIsWellByItsBodyAndNotByItsStatusIsNotWell() {
        assertThat(ask(503, UP)).containsExactly(
                entry("portal", Outcome.down(Reason.REJECTED, "status 503, although the body says that all is well")),
                entry("portal/db", Outcome.UP));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            200 | <html>Sign in</html>  | MISMATCH | the body is no JSON
            200 | []                    | MISMATCH | the body is no JSON object
            200 | {"state":"UP"}        | MISMATCH | the body has no status
            200 | §§                    | MISMATCH | the body is no JSON object
            500 | <h1>Oops</h1>         | REJECTED | status 500, and the body is no JSON
            404 | {"status":"UP"}       | REJECTED | status 404, expected 200, 500 or 503
            204 | §§                    | REJECTED | status 204, expected 200, 500 or 503
            """)
    void whatIsNoHealthAnswerSaysNothingOfTheChecks(int newStatus, String newBody, Reason reason, String words) {
        findings();

        assertThat(ask(newStatus, newBody)).containsExactly(entry("portal", Outcome.down(reason, words)),
                entry("portal/db", Outcome.unknown(reason, "portal could not be read: " + words)));
        assertThat(findings().get(0).evidence().status()).isEqualTo(newStatus);
    }

    @Test
    void moreThanIsReadIsNoAnswer() {
        assertThat(ask(200, "{\"status\":true,\"x\":\"" + "y".repeat(300_000) + "\"}")).containsExactly(entry("portal",
                Outcome.down(Reason.MISMATCH, "the body is longer than 256 KiB, and no more is read")));
    }

    @Test
    void anEndpointThatIsGoneLeavesItsChecksUnknownAndNoneOut() {
        findings();

        String words = "connection closed early by 127.0.0.1:" + port;
        assertThat(ask(0, "")).containsExactly(entry("portal", Outcome.down(Reason.UNREACHABLE, words)),
                entry("portal/db", Outcome.unknown(Reason.UNREACHABLE, "portal could not be read: " + words)));
    }

    @Test
    void aRoundThatEndsOrTimesOutAnswersForEveryKnownCheck() {
        findings();
        Check hanging = new Told(check(), () -> Uni.createFrom().nothing());
        RoundBench round = RoundBench.of(hanging).start().pass(hanging.timeout()).tick();

        assertThat(round.reason("portal")).isEqualTo(Reason.TIMED_OUT);
        assertThat(round.outcome("portal/db")).isEqualTo(
                Outcome.unknown(Reason.TIMED_OUT, "portal could not be read: no answer within 5 s"));
    }

    @Test
    void aRoundTellsWhatAnAnswerBringsAndNextTimeInItsPlace() {
        Check health = new Told(check(), () -> Uni.createFrom().item(findings()));
        FakeCheck host = new FakeCheck("host").up();
        List<Target> file = List.of(new Target(Kind.HEALTH, "portal"), FakeCheck.target("host"));
        Plan plan = new Plan(Duration.ofSeconds(60), file,
                List.of(RoundBench.lane(1, health), RoundBench.lane(1, host)));
        RoundBench first = new RoundBench(plan).start();

        assertThat(first.names()).containsExactly("portal", "host", "portal/db");
        assertThat(new RoundBench(plan).start().names()).containsExactly("portal", "host", "portal/db");
        assertThat(plan.discovered()).containsExactly(new Target(Kind.HEALTH, "portal/db"));
    }

    @Test
    void aNewConfigurationGoesOnWithWhatIsKnownOfTheAddress() {
        findings();
        spec = spec(", interval: 7s, headers: {A: b}");
        assertThat(check().targets()).hasSize(2);

        spec = new HealthSpec(Website.at("http://127.0.0.1:" + port + "/other").spec());
        assertThat(check().targets()).hasSize(1);
    }

    @Test
    void anEndpointThatLeavesTheTargetsLeavesNothingBehind() {
        findings();
        probe.follow(List.of(spec)).run();
        assertThat(check().targets()).hasSize(2);

        Runnable turn = probe.follow(List.of());
        assertThat(check().targets()).as("nothing has changed before its turn").hasSize(2);
        turn.run();
        assertThat(check().targets()).hasSize(1);
    }

    @Test
    void whatTheRequestCarriesIsNotRepeated() {
        spec = spec(", headers: {X-Token: s3cr3t-token}");

        Map<String, Outcome> outcomes = ask(503, "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"db\",\"status\":\"DOWN\","
                + "\"data\":{\"error\":\"TOKEN refused by postgres://me:hush@db/x " + "y".repeat(400) + "\"}}]}");

        assertThat(outcomes.get("portal/db").detail()).startsWith("… refused by postgres://db/x yyy").hasSize(201);
    }

    @Test
    void userAndPasswordOfTheUrlAreSent() {
        spec = new HealthSpec(Website.at("http://me:hush@127.0.0.1:" + port + "/").spec());
        findings();

        assertThat(heard).isEqualTo("GET Basic bWU6aHVzaA==");
    }

    @Test
    void hundredsAtOnceShareOneBudgetForTheirBodies() {
        body = "{\"status\":true,\"x\":\"" + "y".repeat(200_000) + "\"}";
        List<List<Finding>> all = new ArrayList<>();
        List<HealthSpec> specs = IntStream.range(0, 40)
                .mapToObj(i -> new HealthSpec(Website.at("http://127.0.0.1:" + port + "/" + i).spec())).toList();

        Uni.join().all(probe.checks(specs).stream().map(Check::ask).toList()).andFailFast().subscribe().with(all::addAll);

        await().atMost(Duration.ofSeconds(20)).until(() -> all.size() == 40);
        assertThat(all).allSatisfy(findings -> assertThat(findings.get(0).outcome()).isEqualTo(Outcome.UP));
    }

    /** The same check, whose answer comes as the test wants it. */
    private record Told(Check known, Supplier<Uni<List<Finding>>> answer) implements Check {
        @Override
        public Set<Target> targets() {
            return known.targets();
        }

        @Override
        public Set<Target> discovered() {
            return known.discovered();
        }

        @Override
        public List<Finding> unanswered(Outcome outcome) {
            return known.unanswered(outcome);
        }

        @Override
        public Duration timeout() {
            return known.timeout();
        }

        @Override
        public int retries() {
            return known.retries();
        }

        @Override
        public Uni<List<Finding>> ask() {
            return answer.get();
        }
    }
}
