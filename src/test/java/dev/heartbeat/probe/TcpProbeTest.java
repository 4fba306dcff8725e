package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.heartbeat.model.HostSpec;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Pace;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import dev.heartbeat.services.Ports;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

class TcpProbeTest {
    private static final File NO_HOSTS = new File("/dev/null");

    private final Vertx vertx = Vertx.vertx();
    private final TcpConnector connector = new TcpConnector();
    private final Loopback loopback = new Loopback();
    private NameServer nameServer;
    private Names names;
    private TcpProbe probe;

    @BeforeEach
    void start() throws IOException {
        nameServer = new NameServer(Map.of("one.test", List.of("127.0.0.1"),
                "many.test", List.of("127.0.0.2", "127.0.0.3"),
                "dotted.test", List.of("127.0.0.1")));
        names = new Names(vertx, new HostsFile(NO_HOSTS), nameServer.provider());
        probe = new TcpProbe(vertx, names, connector);
    }

    @AfterEach
    void stop() throws IOException {
        names.close();
        nameServer.close();
        connector.close();
        loopback.close();
        vertx.close();
    }

    @Test
    void acceptedConnectionIsUpWithTheTimeOfTheConnect() throws IOException {
        HostSpec listening = host("127.0.0.1", loopback.listener("127.0.0.1").getLocalPort());
        long begin = System.nanoTime();
        Finding finding = ask(listening);

        assertThat(finding.outcome()).isEqualTo(Outcome.UP);
        assertThat(finding.target()).isEqualTo(new Target(Kind.HOST, "name"));
        assertThat(finding.latency()).isPositive().isLessThan(Duration.ofNanos(System.nanoTime() - begin));
    }

    @Test
    void connectionIsEndedWithoutAReset() throws IOException {
        ServerSocket listener = loopback.listener("127.0.0.1");

        ask(host("127.0.0.1", listener.getLocalPort()));

        try (Socket accepted = listener.accept()) {
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void refusedConnectionIsUnreachable() {
        int port = Ports.free();

        assertThat(ask(host("127.0.0.1", port)))
                .isEqualTo(new Finding(new Target(Kind.HOST, "name"),
                        Outcome.down(Reason.UNREACHABLE, "connection refused by 127.0.0.1:" + port)));
    }

    @Test
    void nobodyAnswersForABlackHole() throws IOException {
        InetSocketAddress hole = loopback.hole("127.0.0.1", 0);

        Uni<Finding> answer = finding(host("127.0.0.1", hole.getPort())).ifNoItem().after(Duration.ofMillis(300))
                .recoverWithItem(() -> null);

        assertThat(answer.await().atMost(Duration.ofSeconds(5))).isNull();
    }

    @ParameterizedTest
    @CsvSource({ "::1", "[::1]" })
    void ipv6AddressIsAskedWithAndWithoutBrackets(String literal) throws IOException {
        assumeThat(NetworkInterface.getByInetAddress(InetAddress.getByName("::1"))).as("::1 on this machine").isNotNull();
        int port = loopback.listener("::1").getLocalPort();

        assertThat(ask(host(literal, port)).outcome()).isEqualTo(Outcome.UP);
    }

    @Test
    void refusedIpv6AddressIsWrittenInBrackets() throws IOException {
        assumeThat(NetworkInterface.getByInetAddress(InetAddress.getByName("::1"))).as("::1 on this machine").isNotNull();
        int port = Ports.free();

        assertThat(ask(host("::1", port)).outcome().detail()).isEqualTo("connection refused by [::1]:" + port);
    }

    @ParameterizedTest
    @CsvSource({ "one.test", "ONE.test", "dotted.test." })
    void nameIsResolvedByTheNameServer(String name) throws IOException {
        assertThat(ask(host(name, loopback.listener("127.0.0.1").getLocalPort())).outcome()).isEqualTo(Outcome.UP);
    }

    @ParameterizedTest
    @CsvSource({ "nowhere.test", "'no name'", "..", "''", "a..b" })
    void nameWithoutAddressIsUnresolved(String name) {
        Outcome outcome = ask(host(name, 80)).outcome();

        assertThat(outcome.reason()).isEqualTo(Reason.UNRESOLVED);
        assertThat(outcome.detail()).startsWith("cannot resolve " + name);
    }

    @Test
    void muteNameServerIsUnresolvedWithinTheUsualTimeout() throws IOException {
        try (DatagramSocket mute = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Names waiting = new Names(vertx, new HostsFile(NO_HOSTS), NameServer.mute(mute));
            Outcome outcome = new TcpProbe(vertx, waiting, connector).checks(List.of(host("one.test.", 80))).get(0).ask()
                    .await().atMost(Pace.DEFAULT_TIMEOUT).get(0).outcome();

            assertThat(outcome).isEqualTo(Outcome.down(Reason.UNRESOLVED, "cannot resolve one.test.: no name server answers"));
            waiting.close();
        }
    }

    @Test
    void thousandNamesWithoutAddressKeepNobodyWaiting() {
        List<HostSpec> specs = IntStream.range(0, 1_000)
                .mapToObj(i -> new HostSpec("name" + i, "nowhere" + i + ".test", 80, Pace.DEFAULT)).toList();

        List<List<Finding>> findings = Uni.join().all(probe.checks(specs).stream().map(Check::ask).toList()).andFailFast()
                .await().atMost(Duration.ofSeconds(20));

        assertThat(findings).hasSize(1_000)
                .allSatisfy(one -> assertThat(one.get(0).outcome().reason()).isEqualTo(Reason.UNRESOLVED));
    }

    @Test
    void refusedAddressOfANameGivesWayToTheNext() throws IOException {
        int port = loopback.listener("127.0.0.3").getLocalPort();

        assertThat(ask(host("many.test", port)).outcome()).isEqualTo(Outcome.UP);
    }

    @Test
    void mutedAddressOfANameDoesNotCostTheTimeout() throws IOException {
        int port = loopback.listener("127.0.0.3").getLocalPort();
        loopback.hole("127.0.0.2", port);

        Finding finding = finding(host("many.test", port)).await().atMost(Duration.ofMillis(4_500));

        assertThat(finding.outcome()).isEqualTo(Outcome.UP);
    }

    @Test
    void nameOfWhichAllAddressesRefuseNamesTheFirstOfThemInEveryRound() {
        int port = Ports.free();

        assertThat(ask(host("many.test", port)).outcome())
                .isEqualTo(Outcome.down(Reason.UNREACHABLE, "connection refused by 127.0.0.2:" + port + " and 1 more"));
    }

    @Test
    void nameWithSeveralAddressesInTheFileIsTheWorstOfThem() throws IOException {
        int open = loopback.listener("127.0.0.1").getLocalPort();
        int shut = Ports.free();

        List<Check> checks = probe.checks(List.of(host("127.0.0.1", open), host("127.0.0.1", shut), host("127.0.0.1", open)));

        assertThat(checks).singleElement().satisfies(check -> assertThat(answer(check).outcome())
                .isEqualTo(Outcome.down(Reason.UNREACHABLE, "connection refused by 127.0.0.1:" + shut)));
    }

    @Test
    void checkOfSeveralAddressesHasTheirLongestTimeoutAndMostRetries() {
        Check check = probe.checks(List.of(
                new HostSpec("name", "127.0.0.1", 1, new Pace(null, Duration.ofSeconds(1), 3)),
                new HostSpec("name", "127.0.0.1", 2, new Pace(null, Duration.ofSeconds(2), 0)))).get(0);

        assertThat(List.of(check.timeout(), check.retries(), check.targets()))
                .isEqualTo(List.of(Duration.ofSeconds(2), 3, java.util.Set.of(new Target(Kind.HOST, "name"))));
    }

    @Test
    void twoTargetsWithOneAddressConnectEachForItself() throws IOException {
        ServerSocket listener = loopback.listener("127.0.0.1");
        List<Check> checks = probe.checks(List.of(new HostSpec("a", "127.0.0.1", listener.getLocalPort(), Pace.DEFAULT),
                new HostSpec("b", "127.0.0.1", listener.getLocalPort(), Pace.DEFAULT)));

        checks.forEach(TcpProbeTest::answer);

        List<Socket> accepted = new ArrayList<>(List.of(listener.accept(), listener.accept()));
        for (Socket socket : accepted) {
            socket.close();
        }
        assertThat(checks).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({ "20000, 2000", "1024, 384", "-1, 16", "64, 16" })
    void concurrencyStaysBelowTheLimitOfOpenFiles(long limit, int concurrency) {
        assertThat(TcpProbe.concurrency(limit)).isEqualTo(concurrency);
    }

    private static HostSpec host(String host, int port) {
        return new HostSpec("name", host, port, Pace.DEFAULT);
    }

    private Uni<Finding> finding(HostSpec spec) {
        return probe.checks(List.of(spec)).get(0).ask().map(findings -> findings.get(0));
    }

    private Finding ask(HostSpec spec) {
        return finding(spec).await().atMost(Duration.ofSeconds(10));
    }

    private static Finding answer(Check check) {
        return check.ask().await().atMost(Duration.ofSeconds(10)).get(0);
    }
}
