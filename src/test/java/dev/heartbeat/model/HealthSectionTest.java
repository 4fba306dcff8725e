package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does the section {@code health} ask for? */
class HealthSectionTest {
    private static TargetsFile.Read file(String entry) {
        return TargetsFile.read("t.yaml", "heartbeat:\n  health:\n    - " + entry, false);
    }

    private static HealthSpec spec(String entry) {
        TargetsFile.Read read = file(entry);
        assertThat(read.faults()).isEmpty();
        return read.targets().specs(HealthSpec.class).get(0);
    }

    @Test
    void anEntryThatSaysLittleHasTheDefaultsOfWebsites() {
        HealthSpec spec = spec("{name: portal, url: 'https://me:hush@portal/q/health'}");

        assertThat(spec.request()).isEqualTo(new WebsiteSpec("portal", URI.create("https://me:hush@portal/q/health"), "GET",
                Map.of(), 10, WebsiteSpec.Expectation.DEFAULT, WebsiteSpec.Tls.DEFAULT, Pace.DEFAULT));
        assertThat(spec.targets()).containsExactly(new Target(Kind.HEALTH, "portal"));
        assertThat(spec.asked(spec.endpoint())).isEqualTo(new Asked("https://portal/q/health", null));
        assertThat(spec).hasToString("health portal");
    }

    @Test
    void anEntrySaysHowItIsAsked() {
        HealthSpec spec = spec("{name: 'a:b', url: 'http://a', headers: {X: y}, redirects: false, tls: {verify: false},"
                + " interval: 5s, timeout: 1s, retries: 2, topic: own}");

        assertThat(spec.request().headers()).isEqualTo(Map.of("X", "y"));
        assertThat(spec.request().redirects()).isZero();
        assertThat(spec.request().tls().verify()).isFalse();
        assertThat(spec.pace()).isEqualTo(new Pace(Duration.ofSeconds(5), Duration.ofSeconds(1), 2));
        assertThat(spec.topic()).isEqualTo("own");
    }

    @Test
    void aNameIsNoKeyOfPhAndMayBeAnothersToo() {
        TargetsFile.Read read = TargetsFile.read("t.yaml", """
                heartbeat:
                  hosts: [{host: a, port: 1, name: a_b}]
                  health: [{name: 'a:b', url: 'http://a'}]
                """, false);

        assertThat(read.faults()).isEmpty();
        assertThat(read.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {url: 'http://a'}                           | 3:7: .name: must be given: a text that is not blank
            {name: a}                                   | 3:7: .url: must be given: an address that starts with http:// or https://
            {name: a, url: 'ftp://me:hush@a'}           | 3:22: .url: must start with http:// or https://
            {name: a/b, url: 'http://a'}                | 3:14: .name: "a/b" must not hold "/", which stands between it and the names of its checks
            {name: a, url: 'http://a', method: GET}     | 3:34: .method: is no key here; known are name, url, headers, redirects, tls, interval, timeout, retries, topic
            {name: a, url: 'http://a', headers: {A: [hush]}} | 3:47: .headers.A: must be a text of Latin-1 without line breaks
            """)
    void whatIsWrongIsNamedWithItsPlace(String entry, String expected) {
        String fault = expected.replaceFirst(": ", ": heartbeat.health[0]");
        assertThat(file(entry).faults()).extracting(Fault::toString).containsExactly("t.yaml:" + fault);
    }

    @Test
    void aNameLeavesRoomForThoseOfItsChecks() {
        assertThat(file("{name: " + "n".repeat(257) + ", url: 'http://a'}").faults()).singleElement()
                .satisfies(fault -> assertThat(fault.message()).isEqualTo("must be at most 256 characters long"));
    }

    @Test
    void aNameIsGivenOnce() {
        assertThat(file("{name: a, url: 'http://a'}\n    - {name: a, url: 'http://b'}").faults()).singleElement()
                .satisfies(fault -> assertThat(fault.toString()).contains("t.yaml:4:14", "the health in line 3 already"));
    }

    @ParameterizedTest
    @CsvSource({ "name: b", "url: http://b", "redirects: 1", "interval: 7", "topic: t", "headers: {A: b}", "tls: {ca: c}" })
    void everyKeyCountsInTheHash(String key) {
        String plain = "{name: a, url: 'http://a'}";
        String changed = key.startsWith("name") ? plain.replace("name: a", key)
                : key.startsWith("url") ? plain.replace("'http://a'", "'http://b'") : plain.replace("}", ", " + key + "}");

        assertThat(file(changed).targets().hash()).isNotEqualTo(file(plain).targets().hash())
                .isEqualTo(file(changed).targets().hash());
    }

    @Test
    void whatTheRequestCarriesIsKnownToBeSecretAndWhatEverybodySaysIsNot() {
        assertThat(
                spec("{name: a, url: 'https://me:hu%73h@a', headers: {Authorization: Bearer abcdef, X-Key: k3y4, Accept: a/b,"
                        + " X-Short: abc}}").secrets())
                .containsExactlyInAnyOrder("Bearer abcdef", "abcdef", "k3y4", "hu%73h", "hush",
                        "bWU6aHVzaA==");
        assertThat(spec("{name: a, url: 'https://token@a:8443/'}").secrets()).contains("token");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            db                 | portal/db
            a/b                | portal/a/b
            ' padded '         | portal/padded
            .                  | portal/.
            ' '                | null
            """)
    void aCheckIsNamedAfterItsEndpoint(String check, String name) {
        Target endpoint = new Target(Kind.HEALTH, "portal");
        Target target = NamedCheck.of(endpoint, check);

        assertThat(target).isEqualTo(name == null ? null : new Target(Kind.HEALTH, name));
        if (target != null) {
            assertThat(NamedCheck.is(target)).isTrue();
            assertThat(NamedCheck.asked(target)).isEqualTo(endpoint);
        }
    }

    @Test
    void aNameOfAStrangerIsOneLineAndNotEndless() {
        Target endpoint = new Target(Kind.HEALTH, "n".repeat(256));

        assertThat(NamedCheck.of(endpoint, "a\u0000\nb").name()).endsWith("/a__b");
        assertThat(NamedCheck.of(endpoint, "\ud83d\ude00".repeat(500)).name()).hasSize(512).endsWith("…");
        assertThat(NamedCheck.of(endpoint, "\ud83d").name()).endsWith("/_");
    }
}
