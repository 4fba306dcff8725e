package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsHashTest {
    private static final String YAML = """
            heartbeat:
              defaults: {timeout: 2s}
              hosts:
                - {host: a, port: 1}
                - {host: b, port: 2, name: bb, interval: 60, timeout: 5s}
              http:
                - {url: 'http://c/', name: c, headers: {A: x, B: y, C: z, D: x, E: y, F: z}}
            """;

    @Test
    void theSameContentHasTheSameHash() {
        String json = """
                {"heartbeat": {
                  "http": [{"name": "c", "headers": {"F": "z", "B": "y", "D": "x", "A": "x", "E": "y", "C": "z"}, "method": "get", "timeout": "PT2S",
                            "expect": {"status": "200-399"}, "url": "http://c/"}],
                  "hosts": [{"name": "bb", "interval": "1m", "port": "2", "host": "b"},
                            {"port": "1", "host": "a", "timeout": 2, "retries": 0}]}}""";

        assertThat(hash(json)).isEqualTo(hash(YAML));
    }

    /** It is compared between processes and releases, so it must not depend on either. */
    @Test
    void theHashOfAFileIsForEver() {
        assertThat(hash(YAML)).isEqualTo("796d02d7b94b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            interval: 60       | interval: 61
            timeout: 5s        | timeout: 6s
            retries: 0         | retries: 1
            host: db           | host: dc
            port: 5432         | port: 5433
            name: database     | name: database2
            url: http://127    | url: http://126
            name: archive      | name: archives
            method: POST       | method: PUT
            Bearer change-me   | Bearer changed
            Accept:            | Accept-Language:
            redirects: 3       | redirects: 4
            200-299, 304       | 200-299, 305
            idle               | lazy
            latency: 2s        | latency: 3s
            certificate_days: 14 | certificate_days: 15
            verify: true       | verify: false
            rootCA.pem         | root.pem
            archive.internal   | archive.local
            client.pem         | clients.pem
            client.key         | clients.key
            topic: archive-sites | topic: sites
            queue: inbox       | queue: outbox
            tag: ^interceptor  | tag: interceptor
            name: ingest       | name: ingester
            vhost: archive     | vhost: other
            topic: archive-health | topic: health
            q/health/ready     | q/health/live
            """)
    void otherContentHasAnotherHash(String text, String changed) throws IOException {
        String example = Files.readString(Path.of("config/all-keys.yaml"));

        assertThat(example).contains(text);
        assertThat(hash(example.replaceFirst(Pattern.quote(text), changed))).isNotEqualTo(hash(example));
    }

    private static String hash(String text) {
        TargetsFile.Read read = TargetsFile.read("t", text, false);
        assertThat(read.faults()).isEmpty();
        return read.targets().hash();
    }
}
