package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

/** Where is each target asked for what, and where do its records go? */
class TargetsAskedTest {
    private static Targets targets(String yaml) {
        TargetsFile.Read read = TargetsFile.read("t.yaml", yaml, false);
        assertThat(read.faults()).isEmpty();
        return read.targets();
    }

    private static Target website(String name) {
        return new Target(Kind.WEBSITE, name);
    }

    @Test
    void everyTargetHasTheAddressThatIsAsked() {
        Map<Target, Asked> asked = targets("""
                heartbeat:
                  hosts:
                    - {host: db.internal, port: 5432, name: db}
                    - {host: "[::1]", port: 22}
                  http:
                    - {url: 'https://me:hush@a.example/x', name: a, expect: {body: 'a+'}}
                    - {url: 'https://b.example'}
                  rmq_consumers:
                    - {queue: inbox, listeners: [{tag: t, name: worker}]}
                """).asked();

        assertThat(asked).containsExactlyInAnyOrderEntriesOf(Map.of(
                new Target(Kind.HOST, "db"), new Asked("db.internal:5432", null),
                new Target(Kind.HOST, "[::1]"), new Asked("[::1]:22", null),
                website("a"), new Asked("https://a.example/x", "a+"),
                website("https://b.example"), new Asked("https://b.example", null),
                new Target(Kind.QUEUE, "inbox"), new Asked("inbox", null),
                new Target(Kind.CONSUMER, "worker"), new Asked("worker", null)));
    }

    @Test
    void anInternationalAddressIsSaidAsItIsWrittenWhereItIsTheName() {
        Map<Target, Asked> asked = targets("""
                heartbeat:
                  http:
                    - {url: 'https://u:p@bücher.example/ä'}
                    - {url: 'https://bücher.example/', name: books}
                """).asked();

        assertThat(asked.get(website("https://bücher.example/ä")).address()).isEqualTo("https://bücher.example/ä");
        assertThat(asked.get(website("books")).address()).isEqualTo("https://xn--bcher-kva.example/");
    }

    @Test
    void onlyWhoNamesATopicHasOneOfItsOwn() {
        Targets targets = targets("""
                heartbeat:
                  http:
                    - {url: 'https://a.example', topic: sites.a_1-x}
                    - {url: 'https://b.example'}
                """);

        assertThat(targets.topics()).containsExactly(Map.entry(website("https://a.example"), "sites.a_1-x"));
    }
}
