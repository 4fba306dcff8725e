package dev.heartbeat.web;

import static dev.heartbeat.web.Sources.down;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Transition;
import dev.heartbeat.store.Outbox;
import dev.heartbeat.store.StateStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** What does a program learn of what has happened? */
@QuarkusTest
@TestProfile(StandaloneProfile.class)
class TransitionsQuarkusTest {
    @Inject
    StateStore store;
    @TestHTTPResource("/")
    URI root;
    Asking api;
    Sources sources;

    @BeforeEach
    void asking() {
        api = new Asking(root);
        sources = new Sources(store);
    }

    private static List<String> texts(JsonNode answer, String field) {
        List<String> texts = new ArrayList<>();
        answer.path("transitions").forEach(row -> texts.add(row.path(field).asText()));
        return texts;
    }

    @Test
    void aTransitionIsToldInFull() {
        sources.goDown("told", "db");
        JsonNode row = api.json("/api/transitions?source=told&limit=1").path("transitions").path(0);
        assertThat(row.toString()).isEqualTo("{\"id\":\"" + row.path("id").asText()
                + "\",\"source\":\"told\",\"kind\":\"host\","
                + "\"name\":\"db\",\"from\":\"UP\",\"to\":\"DOWN\",\"at\":\"2026-11-20T12:00:00Z\",\"reason\":\"UNREACHABLE\","
                + "\"detail\":\"refused\",\"lasted_seconds\":90.5,\"telling\":\"NEWS\"}");
        assertThat(Outbox.isId(row.path("id").asText())).isTrue();
    }

    @Test
    void aSourceAsAWholeHasNeitherKindNorName() {
        sources.commit("whole", null,
                List.of(new Transition("whole", null, null, Health.STALE, Sources.NOON, Reason.SILENT, "x")));
        JsonNode row = api.json("/api/transitions?source=whole").path("transitions").path(0);
        assertThat(row.path("kind").isNull() && row.path("name").isNull() && row.path("lasted_seconds").isNull()).isTrue();
        assertThat(api.json("/api/transitions?source=whole&name=*").path("transitions")).isEmpty();
    }

    @Test
    void pagesHaveEveryTransitionOfAllSourcesOnceNewestFirst() {
        for (int i = 0; i < 40; i++) {
            sources.goDown("page-" + i % 3, "a" + i, "b" + i);
        }
        String query = "/api/transitions?source=page-0&source=page-1&source=page-2&limit=7";
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        JsonNode page = api.json(query);
        while (true) {
            ids.addAll(texts(page, "id"));
            names.addAll(texts(page, "name"));
            if (page.path("next").isNull()) {
                break;
            }
            assertThat(page.path("transitions")).hasSize(7);
            page = api.json(query + "&before=" + page.path("next").asText());
        }
        assertThat(names).doesNotHaveDuplicates().hasSize(80);
        assertThat(ids).isSortedAccordingTo(((Comparator<String>) Outbox::compare).reversed());
    }

    @Test
    void whatIsAskedForIsFoundBehindThousandsThatAreNot() {
        sources.goDown("deep", "needle");
        sources.commit("deep", null, IntStream.range(0, 900).mapToObj(i -> down("deep", "hay" + i, null)).toList());
        sources.commit("other", null, IntStream.range(0, 900).mapToObj(i -> down("other", "hay" + i, null)).toList());
        JsonNode answer = api.json("/api/transitions?source=deep&source=other&name=need*&to=down&kind=host");
        assertThat(texts(answer, "name")).containsExactly("needle");
        assertThat(answer.path("next").isNull()).isTrue();
    }

    @Test
    void aWholePageThatIsTheLastNamesNoNext() {
        sources.goDown("exact", "a", "b");
        assertThat(api.json("/api/transitions?source=exact&limit=2").path("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "limit=0", "limit=501", "limit=ten", "limit=1&limit=2", "before=yesterday", "before=1", "to=GREEN",
            "kind=x" })
    void whatIsNotUnderstoodIsRefused(String query) {
        HttpResponse<String> refused = api.get("/api/transitions?" + query);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Asking.parsed(refused).path("detail").asText()).contains(query.substring(0, query.indexOf('=')));
    }
}
