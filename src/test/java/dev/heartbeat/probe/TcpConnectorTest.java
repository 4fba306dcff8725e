package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

class TcpConnectorTest {
    private static final int MANY = 1_000;

    private final TcpConnector connector = new TcpConnector();
    private final Loopback loopback = new Loopback();

    @AfterEach
    void stop() throws IOException {
        connector.close();
        loopback.close();
    }

    @Test
    void thousandTimeoutsLeaveNoSocketOpen() throws IOException {
        InetSocketAddress hole = loopback.hole("127.0.0.1", 0);
        begin(hole, 1).forEach(Cancellable::cancel);
        long before = OpenSockets.to(hole.getPort());

        List<Cancellable> waiting = begin(hole, MANY);
        await().until(() -> OpenSockets.to(hole.getPort()) >= before + MANY);
        waiting.forEach(Cancellable::cancel);

        await().atMost(Duration.ofSeconds(5)).until(() -> OpenSockets.to(hole.getPort()) <= before);
    }

    @Test
    void thousandAnswersLeaveNoSocketOpen() throws IOException {
        InetSocketAddress open = (InetSocketAddress) loopback.listener("127.0.0.1").getLocalSocketAddress();
        connector.connect(open).await().atMost(Duration.ofSeconds(5));
        long before = OpenSockets.to(open.getPort());

        List<Duration> latencies = Uni.join()
                .all(IntStream.range(0, MANY).mapToObj(i -> connector.connect(open)).toList()).andFailFast()
                .await().atMost(Duration.ofSeconds(10));

        assertThat(latencies).hasSize(MANY);
        assertThat(OpenSockets.to(open.getPort())).isLessThanOrEqualTo(before);
    }

    @Test
    void connectThatIsCancelledAtOnceAnswersNobodyAndHoldsNothing() throws IOException {
        InetSocketAddress hole = loopback.hole("127.0.0.1", 0);
        long before = OpenSockets.to(hole.getPort());

        begin(hole, MANY).forEach(Cancellable::cancel);

        await().atMost(Duration.ofSeconds(5)).until(() -> OpenSockets.to(hole.getPort()) <= before);
    }

    @Test
    void subscriberThatThrowsDoesNotStopTheOthers() throws IOException {
        InetSocketAddress open = (InetSocketAddress) loopback.listener("127.0.0.1").getLocalSocketAddress();

        connector.connect(open).subscribe().with(latency -> {
            throw new IllegalStateException("on purpose");
        }, failure -> {
        });

        assertThat(connector.connect(open).await().atMost(Duration.ofSeconds(5))).isPositive();
    }

    @Test
    void closedConnectorClosesWhatIsUnderWay() throws IOException {
        InetSocketAddress hole = loopback.hole("127.0.0.1", 0);
        long before = OpenSockets.to(hole.getPort());
        begin(hole, MANY);
        await().until(() -> OpenSockets.to(hole.getPort()) >= before + MANY);

        connector.close();

        await().atMost(Duration.ofSeconds(5)).until(() -> OpenSockets.to(hole.getPort()) <= before);
    }

    @Test
    void lackOfFilesIsNotTheTargetsFault() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", "ulimit -n 600 && exec \"$0\" \"$@\"",
                System.getProperty("java.home") + "/bin/java", "-XX:-MaxFDLimit", "-cp", System.getProperty("java.class.path"),
                FewFiles.class.getName()).redirectError(ProcessBuilder.Redirect.INHERIT).start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines().reduce((one, last) -> last))
                .hasValue("UNKNOWN NOT_ASKED not asked: too many open files; raise ulimit -n");
    }

    private List<Cancellable> begin(InetSocketAddress address, int times) {
        return IntStream.range(0, times).mapToObj(i -> connector.connect(address).subscribe().with(latency -> {
        }, failure -> {
        })).toList();
    }
}
