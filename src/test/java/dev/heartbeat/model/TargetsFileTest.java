package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsFileTest {
    @Test
    void hostsAreReadWithTheirPace() {
        Targets targets = targets("""
                heartbeat:
                  defaults: {interval: 2m, retries: 1}
                  hosts:
                    - {host: db, port: 5432, name: database}
                    - {host: "[::1]", port: "22", interval: 0, timeout: 500ms, retries: 3}
                """);

        assertThat(targets.specs()).containsExactly(
                new HostSpec("database", "db", 5432, new Pace(Duration.ofMinutes(2), Pace.DEFAULT_TIMEOUT, 1)),
                new HostSpec("[::1]", "::1", 22, new Pace(Duration.ZERO, Duration.ofMillis(500), 3)));
    }

    @Test
    void aWebsiteThatSaysLittleHasTheDefaults() {
        WebsiteSpec website = website("{url: 'https://user:secret@example.org/x?y=1'}");

        assertThat(website).isEqualTo(new WebsiteSpec("https://example.org/x?y=1",
                URI.create("https://user:secret@example.org/x?y=1"), "GET", Map.of(), 10, WebsiteSpec.Expectation.DEFAULT,
                WebsiteSpec.Tls.DEFAULT, Pace.DEFAULT));
    }

    @Test
    void aWebsiteSaysWhatItExpects() {
        WebsiteSpec website = website("""
                {name: a, url: 'https://a', method: post, headers: {Accept: a/b, X-Days: 3}, redirects: 3, interval: 1s,
                 expect: {status: [200-299, 304], body: 'a\\d', latency: 2s, certificate_days: 14},
                 tls: {verify: false, ca: ca.pem, server_name: b, certificate: c.pem, key: k.pem}}""");

        assertThat(website.method()).isEqualTo("POST");
        assertThat(website.headers()).isEqualTo(Map.of("Accept", "a/b", "X-Days", "3"));
        assertThat(website.redirects()).isEqualTo(3);
        assertThat(website.expect().status()).hasToString("[200-299, 304]");
        assertThat(website.expect().body()).hasToString("a\\d");
        assertThat(website.expect().latency()).isEqualTo(Duration.ofSeconds(2));
        assertThat(website.expect().certificateDays()).isEqualTo(14);
        assertThat(website.tls()).isEqualTo(new WebsiteSpec.Tls(false, "ca.pem", "b", "c.pem", "k.pem"));
        assertThat(website.pace().interval()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({ "false, 0", "0, 0", "true, 10", "50, 50", "~, 10" })
    void redirectsAreANumberOrAFlag(String written, int expected) {
        assertThat(website("{url: 'http://a', redirects: " + written + "}").redirects()).isEqualTo(expected);
    }

    @Test
    void aSingleStatusNeedsNoList() {
        assertThat(website("{url: 'http://a', expect: {status: 503}}").expect().status()).hasToString("[503]");
    }

    @Test
    void queuesAreReadWithTheirListeners() {
        Targets targets = targets("""
                heartbeat:
                  rmq_consumers:
                    - queue: inbox
                      vhost: other
                      listeners: [{tag: ^a, name: one}, {tag: '', name: two}]
                    - queue: error
                      listeners: []
                """);

        QueueSpec inbox = targets.specs(QueueSpec.class).get(0);
        assertThat(inbox.vhost()).isEqualTo("other");
        assertThat(inbox.listeners()).extracting(listener -> listener.name() + "=" + listener.tag()).containsExactly("one=^a",
                "two=");
        assertThat(targets.specs(QueueSpec.class).get(1).vhost()).isNull();
        assertThat(targets.all()).hasToString("[queue error, queue inbox, consumer one, consumer two]");
    }

    @Test
    void jsonWithoutAnExtensionIsKnownByItsBrace() {
        String json = """
                \uFEFF {"heartbeat": {"hosts": [{"host": "a", "port": 1}], "rmq_consumers": [],
                "http": [{"url": "http://127.0.0.1:9000/", "name": "site"}]}}""";

        TargetsFile.Read read = TargetsFile.read("targets", json, false);

        assertThat(read.faults()).isEmpty();
        assertThat(read.targets().all()).hasToString("[host a, website site]");
    }

    @Test
    void anAliasStandsForItsAnchor() {
        Targets targets = targets("""
                heartbeat:
                  http:
                    - {url: 'http://a', name: a, headers: &common {Accept: text/html}, expect: &ok {status: 200}}
                    - {url: 'http://b', name: b, headers: *common, expect: *ok}
                """);

        WebsiteSpec second = targets.specs(WebsiteSpec.class).get(1);
        assertThat(second.headers()).isEqualTo(Map.of("Accept", "text/html"));
        assertThat(second.expect().status()).hasToString("[200]");
    }

    @Test
    void sectionsWhoseEntriesAreCommentedOutAreEmpty() {
        assertThat(targets("heartbeat:\n  defaults:\n  http:\n  hosts:\n    - {host: a, port: 1}\n").specs()).hasSize(1);
    }

    @Test
    void namesWithAColonAreOneWarning() {
        TargetsFile.Read read = TargetsFile.read("t.yaml", """
                heartbeat:
                  hosts:
                    - {host: "::1", port: 1}
                  http:
                    - {url: 'http://a'}
                """, false);

        assertThat(read.warnings()).extracting(Fault::toString).containsExactly("t.yaml:3:14: heartbeat.hosts[0].host: "
                + "names with \":\" are written with \"_\" in PH's Redis keys: ::1, http://a");
        assertThat(read.targets()).isNotNull();
    }

    @Test
    void whatIsNotPortableInAPatternIsAWarning() {
        TargetsFile.Read read = TargetsFile.read("t.yaml",
                "heartbeat: {rmq_consumers: [{queue: q, listeners: [{tag: '\\h', name: n}]}]}", false);

        assertThat(read.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.key()).isEqualTo("heartbeat.rmq_consumers[0].listeners[0].tag");
            assertThat(warning.column()).isEqualTo(58);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "config/targets.yaml", "config/all-keys.yaml", "config/publisher_config.json",
            "src/test/resources/ph/publisher_config.json",
            "src/test/resources/ph/reference_config.json" })
    void everyExampleIsReadWithoutAComplaint(String file) throws IOException {
        TargetsFile.Read read = TargetsFile.read(file, Files.readAllBytes(Path.of(file)), false);

        assertThat(read.faults()).isEmpty();
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void theBundledExampleIsReadOnceItsPortIsKnown() throws IOException {
        try (InputStream example = TargetsFile.class.getResourceAsStream("/example-targets.yaml")) {
            String text = new String(example.readAllBytes(), StandardCharsets.UTF_8).replace("${port}", "34567");

            TargetsFile.Read read = TargetsFile.read("example-targets.yaml", text, false);

            assertThat(read.faults()).isEmpty();
            assertThat(read.warnings()).isEmpty();
            assertThat(read.targets().all()).extracting(Target::toString).contains("host heartbeat", "host down-on-purpose",
                    "website heartbeat-live");
            assertThat(read.targets().specs()).allMatch(spec -> spec.pace().interval().equals(Duration.ofSeconds(5)));
        }
    }

    @Test
    void theBundledExampleWatchesWhatTheFileToStartFromWatches() throws IOException {
        String bundled = Files.readString(Path.of("src/main/resources/example-targets.yaml")).replace("${port}", "8080");
        String toStartFrom = Files.readString(Path.of("config/targets.yaml"));

        assertThat(TargetsFile.read("a.yaml", bundled, false).targets().hash())
                .isEqualTo(TargetsFile.read("b.yaml", toStartFrom, false).targets().hash());
    }

    @Test
    void theReferenceDeploymentHasItsTargets() throws IOException {
        byte[] file = Files.readAllBytes(Path.of("src/test/resources/ph/reference_config.json"));

        Targets targets = TargetsFile.read("publisher_config.json", file, true).targets();

        assertThat(targets.specs()).hasSize(11);
        assertThat(targets.all()).hasSize(17);
        assertThat(targets.specs(HostSpec.class)).containsExactly(new HostSpec("sda-doa", "doa", 8080, Pace.DEFAULT),
                new HostSpec("sda-db", "db", 5432, Pace.DEFAULT));
    }

    private static WebsiteSpec website(String entry) {
        return targets("heartbeat: {http: [" + entry + "]}").specs(WebsiteSpec.class).get(0);
    }

    private static Targets targets(String text) {
        TargetsFile.Read read = TargetsFile.read("t.yaml", text, false);
        assertThat(read.faults()).isEqualTo(List.of());
        return read.targets();
    }
}
