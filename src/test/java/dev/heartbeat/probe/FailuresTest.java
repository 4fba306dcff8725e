package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;

class FailuresTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new TimeoutException(), Reason.TIMED_OUT, "no answer in time from doa:1"),
                Arguments.of(new io.smallrye.mutiny.TimeoutException(), Reason.TIMED_OUT, "no answer in time from doa:1"),
                Arguments.of(new ConnectException("Connection timed out"), Reason.TIMED_OUT, "no answer in time from doa:1"),
                Arguments.of(new UnknownHostException("cannot resolve doa"), Reason.UNRESOLVED, "cannot resolve doa"),
                Arguments.of(new ConnectException("Connection refused"), Reason.UNREACHABLE, "connection refused by doa:1"),
                Arguments.of(new NoRouteToHostException("No route to host"), Reason.UNREACHABLE, "no route to doa:1"),
                Arguments.of(new SocketException("Network is unreachable"), Reason.UNREACHABLE, "no route to doa:1"),
                Arguments.of(new SocketException("Operation not permitted"), Reason.UNREACHABLE,
                        "cannot connect to doa:1: Operation not permitted"),
                Arguments.of(new ClosedChannelException(), Reason.UNREACHABLE, "connection closed early by doa:1"),
                Arguments.of(new IOException("Connection reset by peer"), Reason.UNREACHABLE,
                        "connection closed early by doa:1"),
                Arguments.of(new SSLHandshakeException("no cipher\nsuites"), Reason.UNTRUSTED,
                        "TLS handshake with doa:1 failed: no cipher suites"),
                Arguments.of(new SocketException("Too many open files"), Reason.NOT_ASKED,
                        "not asked: too many open files; raise ulimit -n"),
                Arguments.of(new BindException("Cannot assign requested address"), Reason.NOT_ASKED,
                        "not asked: no local address or port is left to connect from"),
                Arguments.of(new IllegalStateException("broken"), Reason.PROBE_FAILED, "IllegalStateException: broken"),
                Arguments.of(new NullPointerException(null), Reason.PROBE_FAILED, "NullPointerException"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureHasAReasonAndAStableDetail(Throwable failure, Reason reason, String detail) {
        Outcome outcome = Failures.outcome(failure, "doa:1");

        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(outcome.detail()).isEqualTo(detail);
    }

    @Test
    void causeIsLookedFor() {
        assertThat(Failures.outcome(new CompletionException(new RuntimeException(new TimeoutException()))))
                .isEqualTo(Outcome.down(Reason.TIMED_OUT, "no answer in time"));
    }

    @Test
    void nameOfAnAddressIsNoWordOfTheFailure() {
        assertThat(Failures.outcome(new FailedAt("reset.unreachable:1", new IllegalStateException())))
                .isEqualTo(Outcome.down(Reason.PROBE_FAILED, "IllegalStateException"));
    }

    @Test
    void userAndPasswordOfAUrlAreLeftOut() {
        assertThat(Failures.outcome(new IllegalStateException("GET https://user:s3cret@doa/x failed")).detail())
                .isEqualTo("IllegalStateException: GET https://doa/x failed");
    }

    @Test
    void longMessageIsCut() {
        assertThat(Failures.outcome(new IllegalStateException("x".repeat(10_000))).detail()).hasSizeLessThan(250).endsWith("…");
    }
}
