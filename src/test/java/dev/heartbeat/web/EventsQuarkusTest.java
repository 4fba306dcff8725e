package dev.heartbeat.web;

import static dev.heartbeat.web.Sources.down;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.heartbeat.store.Outbox;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.watch.Feed;
import dev.heartbeat.web.Browser.Seen;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** What does an open page see of what happens? */
@QuarkusTest
@TestProfile(StandaloneProfile.class)
class EventsQuarkusTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SOURCE = "eventful";
    @Inject
    StateStore store;
    @Inject
    EventsRoute events;
    @Inject
    Feed feed;
    @TestHTTPResource("/")
    URI root;
    Asking api;
    Sources sources;

    @BeforeEach
    void asking() {
        api = new Asking(root);
        sources = new Sources(store);
        sources.goDown(SOURCE, "before");
    }

    @AfterEach
    void everyStreamThatEndedIsForgotten() {
        await().atMost(SOON).until(() -> events.streams() == 0);
    }

    /** Once it was told to those who follow: who comes while thousands are told may be cut, and has to come back. */
    private String newestId() {
        String newest = api.json("/api/transitions?limit=1&source=" + SOURCE).path("transitions").path(0).path("id").asText();
        await().until(() -> newest.isEmpty()
                || feed.latest(1).stream().anyMatch(entry -> Outbox.compare(entry.id(), newest) >= 0));
        return newest;
    }

    /** Those of the bundled examples come in between. */
    private static Seen ours(Browser browser) {
        Seen seen = browser.next();
        while (seen != null && seen.name().equals("transition") && !seen.data().contains(SOURCE)) {
            seen = browser.next();
        }
        return seen;
    }

    @Test
    void aStreamBeginsAtOnceWithASignOfLife() {
        try (Browser browser = new Browser(root, "/api/events")) {
            assertThat(browser.head).startsWith("HTTP/1.1 200").contains("text/event-stream", "no-cache",
                    "X-Accel-Buffering: no");
            Seen first = browser.any();
            assertThat(first.name()).isEqualTo("alive");
            assertThat(first.id()).isNull();
            assertThat(Instant.parse(first.data())).isNotNull();
        }
    }

    @Test
    void itIsNotCompressedSoThatNothingWaits() {
        try (Browser browser = new Browser(root, "/api/events", "Accept-Encoding", "gzip")) {
            assertThat(browser.head).doesNotContainIgnoringCase("gzip");
            assertThat(browser.any().name()).isEqualTo("alive");
        }
    }

    @Test
    void everyBrowserSeesATransitionInTheWordsOfTheApi() {
        String seen = newestId();
        try (Browser one = new Browser(root, "/api/events", "Last-Event-ID", seen);
                Browser other = new Browser(root, "/api/events?last_event_id=" + seen)) {
            sources.goDown(SOURCE, "db\r\n\r\nevent: forged");
            Seen told = ours(one);
            assertThat(ours(other)).isEqualTo(told);
            assertThat(Asking.parsed(told.data()))
                    .isEqualTo(api.json("/api/transitions?limit=1&source=" + SOURCE).path("transitions").path(0));
            assertThat(told.id()).isEqualTo(newestId());
        }
    }

    /** As a browser does: it comes back with the newest id when it is cut, until it has seen that host go down. */
    private List<Seen> untilSeen(String host, String after) {
        List<Seen> all = new ArrayList<>();
        while (all.isEmpty() || !all.get(all.size() - 1).data().contains("\"" + host + "\"")) {
            String newest = all.isEmpty() ? after : all.get(all.size() - 1).id();
            try (Browser browser = new Browser(root, "/api/events?last_event_id=1-1", "Last-Event-ID", newest)) {
                for (Seen next = ours(browser); next != null && next.name().equals("transition"); next = ours(browser)) {
                    all.add(next);
                    if (next.data().contains("\"" + host + "\"")) {
                        break;
                    }
                }
            }
        }
        return all;
    }

    @Test
    void aBrowserThatComesBackGoesOnWhereItWas() {
        String seen = newestId();
        sources.commit(SOURCE, null, IntStream.range(0, 700).mapToObj(i -> down(SOURCE, "missed-" + i, null)).toList());
        assertThat(untilSeen("missed-699", seen)).extracting(event -> Asking.parsed(event.data()).path("name").asText())
                .isEqualTo(IntStream.range(0, 700).mapToObj(i -> "missed-" + i).toList());
    }

    @Test
    void whoHasSeenWhatIsNoLongerKeptGoesOnFromNow() {
        String seen = newestId();
        for (int i = 0; i < 11; i++) {
            sources.commit(SOURCE, null, IntStream.range(0, 1_000).mapToObj(n -> down(SOURCE, "n", null)).toList());
        }
        try (Browser browser = new Browser(root, "/api/events", "Last-Event-ID", seen)) {
            Seen behind = browser.next();
            assertThat(behind.name()).isEqualTo("behind");
            assertThat(browser.next()).isNull();
            sources.goDown(SOURCE, "after");
            assertThat(untilSeen("after", behind.id())).hasSize(1);
        }
    }

    @Test
    void aBrowserThatReadsNothingIsCutAndMissesNothingWhenItComesBack() {
        String seen = newestId();
        String detail = "x".repeat(10_000);
        List<String> ids = new ArrayList<>();
        try (Browser browser = new Browser(root, "/api/events", "Last-Event-ID", seen)) {
            await().atMost(SOON).until(() -> events.streams() == 1);
            // Far more than the buffers of two sockets hold; what is above 256 entries must not be kept for it here.
            int[] rounds = { 0 };
            await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
                rounds[0]++;
                sources.commit(SOURCE, null, IntStream.range(0, 100).mapToObj(i -> down(SOURCE, "n", detail)).toList());
                return events.streams() == 0;
            });
            // Else it was cut for its silence, with all of that in memory.
            assertThat(rounds[0]).isLessThan(100);
            for (Seen next = ours(browser); next != null && next.name().equals("transition"); next = ours(browser)) {
                ids.add(next.id());
            }
        }
        sources.goDown(SOURCE, "the-end");
        untilSeen("the-end", ids.get(ids.size() - 1)).forEach(event -> ids.add(event.id()));
        assertThat(ids).isEqualTo(store.outbox().after(seen, 100_000).subscribe().asCompletionStage().join().stream()
                .filter(entry -> entry.transition().source().equals(SOURCE)).map(entry -> entry.id()).toList());
    }

    @Test
    void soManyStreamsAndNoMore() {
        List<Browser> browsers = Stream.generate(() -> new Browser(root, "/api/events")).limit(StandaloneProfile.STREAMS)
                .toList();
        try {
            assertThat(browsers).allMatch(browser -> browser.head.startsWith("HTTP/1.1 200"));
            assertThat(api.get("/api/events").statusCode()).isEqualTo(503);
            assertThat(Asking.parsed(api.get("/api/events")).path("detail").asText()).contains("WEB_STREAMS");
            browsers.get(0).close();
            await().atMost(SOON).until(() -> events.streams() < StandaloneProfile.STREAMS);
            try (Browser late = new Browser(root, "/api/events")) {
                assertThat(late.head).startsWith("HTTP/1.1 200");
            }
        } finally {
            browsers.forEach(Browser::close);
        }
    }

    @ParameterizedTest
    @CsvSource({ "last_event_id=yesterday", "last_event_id=1", "last_event_id=1-1&last_event_id=1-2" })
    void whatIsNoIdIsRefused(String query) {
        assertThat(api.get("/api/events?" + query).statusCode()).isEqualTo(400);
        assertThat(api.get("/api/events", "Last-Event-ID", "x").statusCode()).isEqualTo(400);
    }
}
