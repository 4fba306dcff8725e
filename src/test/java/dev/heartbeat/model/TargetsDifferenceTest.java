package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsDifferenceTest {
    private static final String FIRST = """
            heartbeat:
              hosts: [ { name: a, host: h, port: 1 }, { name: b, host: h, port: 2 } ]
              http: [ { name: a, url: "http://w/", expect: { body: "x+" } } ]
              rmq_consumers: [ { queue: q, listeners: [ { name: c, tag: t } ] } ]
            """;

    private static Targets read(String text) {
        TargetsFile.Read read = TargetsFile.read("t.yaml", text, false);
        assertThat(read.faults()).isEmpty();
        return read.targets();
    }

    private static TargetsDifference difference(String before, String after) {
        return TargetsDifference.of(read(before), read(after));
    }

    @Test
    void theSameAgainIsNoDifference() {
        TargetsDifference none = difference(FIRST, FIRST + "# with a comment\n");

        assertThat(none.isNone()).isTrue();
        assertThat(none.unchanged()).hasSize(5);
    }

    @Test
    void everyTargetIsAddedRemovedChangedOrNoneOfThem() {
        TargetsDifference difference = difference(FIRST,
                FIRST.replace("{ name: b, host: h, port: 2 }", "{ name: n, host: h, port: 2 }").replace("port: 1", "port: 9"));

        assertThat(difference.added()).containsExactly(new Target(Kind.HOST, "n"));
        assertThat(difference.removed()).containsExactly(new Target(Kind.HOST, "b"));
        assertThat(difference.changed()).containsExactly(new Target(Kind.HOST, "a"));
        assertThat(difference.unchanged()).containsExactly(new Target(Kind.WEBSITE, "a"), new Target(Kind.QUEUE, "q"),
                new Target(Kind.CONSUMER, "c"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "url: \"http://v/\"", "url: \"http://w/\", interval: 5s", "url: \"http://w/\", timeout: 1s",
            "url: \"http://w/\", headers: { A: b }", "url: \"http://w/\", topic: t", "url: \"http://w/\", redirects: 1" })
    void whateverChangesInAnEntryChangesItsTarget(String entry) {
        assertThat(difference(FIRST, FIRST.replace("url: \"http://w/\"", entry)).changed())
                .containsExactly(new Target(Kind.WEBSITE, "a"));
    }

    @Test
    void aListenerOfSeveralQueuesChangesWithAnyOfThem() {
        String two = FIRST.replace("[ { queue: q,", "[ { queue: p, listeners: [ { name: c, tag: t } ] }, { queue: q,");

        assertThat(difference(FIRST, two).changed()).containsExactly(new Target(Kind.CONSUMER, "c"));
        assertThat(difference(FIRST, two).added()).containsExactly(new Target(Kind.QUEUE, "p"));
    }
}
