package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

class HttpBodyTest {
    private static final String CUT = "the body does not match in its first 256 KiB, and no more is read";

    private final HttpRig rig = new HttpRig(Asked.trust(Map.of()));

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void matchingBodyIsUp() {
        Finding finding = rig.ask(page("all is well").body("is w.ll$"));

        assertThat(finding.outcome()).isEqualTo(Outcome.UP);
        assertThat(finding.evidence()).isEqualTo(new Evidence(200, true, null));
    }

    @Test
    void otherBodyIsAMismatch() {
        Finding finding = rig.ask(page("all is lost").body("well"));

        assertThat(finding.outcome()).isEqualTo(Outcome.down(Reason.MISMATCH, "the body does not match"));
        assertThat(finding.evidence()).isEqualTo(new Evidence(200, false, null));
    }

    @Test
    void bodyIsNotReadWhereTheStatusIsWrong() {
        int port = rig.serve(request -> request.response().setStatusCode(500).end("well"));

        assertThat(rig.ask(local(port).body("well")).evidence()).isEqualTo(new Evidence(500, null, null));
    }

    @Test
    void tooCostlySearchIsUnknown() {
        Finding finding = rig.ask(page("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!").body("(a+)+\\1$"));

        assertThat(finding.outcome())
                .isEqualTo(Outcome.unknown(Reason.TOO_COSTLY, "the search of the body exceeded its step budget"));
        assertThat(finding.evidence().match()).isNull();
    }

    @Test
    void endOfALongBodyIsSearchedToo() {
        assertThat(rig.ask(page("x".repeat(200_000) + "end").body("end")).outcome()).isEqualTo(Outcome.UP);
    }

    @Test
    void endlessBodyIsReadToTheLimitOnly() {
        int port = rig.serve(this::endless);

        assertThat(rig.ask(local(port).body("y")).outcome()).isEqualTo(Outcome.down(Reason.MISMATCH, CUT));
    }

    @Test
    void endlessBodyThatNobodyAskedForIsClosed() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        int port = rig.serve(request -> {
            request.connection().closeHandler(closed::complete);
            endless(request);
        });

        assertThat(rig.ask(local(port)).outcome()).isEqualTo(Outcome.UP);
        assertThat(closed).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void bodyOfExactlyTheLimitIsWhole() {
        assertThat(rig.ask(page("x".repeat(BodyReader.LIMIT)).body("y")).outcome())
                .isEqualTo(Outcome.down(Reason.MISMATCH, "the body does not match"));
    }

    @Test
    void bodyBeyondTheLimitIsCut() {
        assertThat(rig.ask(page("x".repeat(BodyReader.LIMIT) + "y").body("y")).outcome())
                .isEqualTo(Outcome.down(Reason.MISMATCH, CUT));
    }

    @Test
    void bodyThatEndsEarlyIsUnreachable() {
        int port = rig.serveRaw(socket -> socket.handler(
                request -> socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nwell")
                        .onComplete(sent -> socket.close())));

        assertThat(rig.ask(local(port).body("well")).outcome())
                .isEqualTo(Outcome.down(Reason.UNREACHABLE, "connection closed early by 127.0.0.1:" + port));
    }

    @Test
    void slowBodyIsWaitedForUntilTheRunnerCancels() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        int port = rig.serve(request -> {
            request.connection().closeHandler(closed::complete);
            request.response().setChunked(true).write("well, ");
            asked.complete(null);
        });

        CompletableFuture<Finding> answer = rig.finding(local(port).body("well")).subscribeAsCompletionStage();
        assertThat(asked).succeedsWithin(Duration.ofSeconds(20));

        assertThat(answer).failsWithin(Duration.ofMillis(300)).withThrowableOfType(TimeoutException.class);
        answer.cancel(true);
        assertThat(closed).succeedsWithin(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = { "gzip", "x-gzip", "deflate", "raw" })
    void packedBodyIsUnpacked(String encoding) throws IOException {
        byte[] packed = pack("all is well", encoding);

        assertThat(rig.ask(bytes(packed, "text/plain", encoding.replace("raw", "deflate")).body("^all is well$")).outcome())
                .isEqualTo(Outcome.UP);
    }

    @ParameterizedTest
    @ValueSource(strings = { "gzip", "deflate" })
    void bombIsUnpackedToTheLimitOnly(String encoding) throws IOException {
        byte[] bomb = pack("0".repeat(50 * 1024 * 1024) + "y", encoding);

        assertThat(rig.ask(bytes(bomb, "text/plain", encoding).body("y")).outcome())
                .isEqualTo(Outcome.down(Reason.MISMATCH, CUT));
    }

    @Test
    void brokenPackingIsAMismatch() {
        byte[] broken = { 1, 2, 3 };

        assertThat(rig.ask(bytes(broken, "text/plain", "gzip").body("y")).outcome().reason()).isEqualTo(Reason.MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({
            "UTF-8, text/html, ''",
            "UTF-8, '', ''",
            "ISO-8859-1, text/html; charset=iso-8859-1, ''",
            "ISO-8859-1, 'text/html; x=y; Charset=\"ISO-8859-1\"', ''",
            "windows-1252, text/html, '<META charset=windows-1252>'",
            "ISO-8859-15, text/html, '<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-15\">'",
            "Shift_JIS, text/html; charset=Shift_JIS, ''",
            "UTF-16LE, text/html; charset=utf-16le, ''",
            "UTF-8, text/html; charset=utf-8, '<meta charset=iso-8859-1>'",
            "UTF-8, text/html; charset=no-such-charset, ''",
            "UTF-8, text/html; charset=?, ''",
    })
    void bodyIsDecodedByItsCharset(String charset, String type, String meta) {
        String word = charset.startsWith("Shift") ? "こんにちは" : "Grüße";
        byte[] body = (meta + "<p>" + word + "</p>").getBytes(Charset.forName(charset));

        assertThat(rig.ask(bytes(body, type, null).body(word)).outcome()).isEqualTo(Outcome.UP);
    }

    @ParameterizedTest
    @ValueSource(strings = { "UTF-8", "UTF-16BE", "UTF-16LE" })
    void byteOrderMarkTellsTheCharset(String charset) {
        byte[] body = "\uFEFFGrüße".getBytes(Charset.forName(charset));

        assertThat(rig.ask(bytes(body, "text/html", null).body("^Grüße$")).outcome()).isEqualTo(Outcome.UP);
    }

    @Test
    void emptyBodyIsSearchedToo() {
        assertThat(rig.ask(page("").body("^$")).outcome()).isEqualTo(Outcome.UP);
    }

    @Test
    void bodyWithoutRoomIsUnknownAndNeverDown() {
        int slow = rig.serve(request -> request.response().setChunked(true).write("slow"));
        List<Cancellable> holders = IntStream.range(0, HttpRig.BUDGET / BodyReader.LIMIT)
                .mapToObj(i -> rig.finding(local(slow).body("x")).subscribe().with(finding -> {
                })).toList();
        Website website = page("x".repeat(BodyReader.LIMIT)).body("x").timeout(Duration.ofMillis(500));

        await().until(() -> rig.ask(website).outcome(), Outcome.unknown(Reason.NOT_ASKED,
                "not asked: the 1024 KiB for bodies are taken by others")::equals);
        holders.forEach(Cancellable::cancel);
        await().until(() -> rig.ask(website).outcome(), Outcome.UP::equals);
    }

    @Test
    void bodiesWaitForRoomAndGetIt() {
        int port = rig.serve(request -> rig.vertx.setTimer(20,
                timer -> request.response().setChunked(true).end("well".repeat(BodyReader.LIMIT / 4))));

        List<Finding> findings = Uni.join().all(IntStream.range(0, 64)
                .mapToObj(i -> rig.finding(local(port).body("well").timeout(Duration.ofSeconds(30)))).toList()).andFailFast()
                .await().atMost(Duration.ofSeconds(60));

        assertThat(findings).hasSize(64).allSatisfy(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.UP));
    }

    private void endless(HttpServerRequest request) {
        Buffer chunk = Buffer.buffer("x".repeat(10_000));
        request.response().setChunked(true).exceptionHandler(gone -> {
        });
        rig.vertx.setPeriodic(1, timer -> {
            if (request.response().closed()) {
                rig.vertx.cancelTimer(timer);
            } else if (!request.response().writeQueueFull()) {
                request.response().write(chunk);
            }
        });
    }

    private Website page(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8), "text/plain", null);
    }

    private Website bytes(byte[] body, String type, String encoding) {
        return local(rig.serve(request -> {
            if (!type.isEmpty()) {
                request.response().putHeader("Content-Type", type);
            }
            if (encoding != null) {
                request.response().putHeader("Content-Encoding", encoding);
            }
            request.response().end(Buffer.buffer(body));
        }));
    }

    private static byte[] pack(String text, String encoding) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = switch (encoding) {
            case "deflate" -> new DeflaterOutputStream(packed);
            case "raw" -> new DeflaterOutputStream(packed, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
            default -> new GZIPOutputStream(packed);
        }) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private static Website local(int port) {
        return Website.at("http://127.0.0.1:" + port);
    }
}
