package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vertx.core.MultiMap;

class AskerTest {
    @ParameterizedTest
    @CsvSource({ "127.0.0.1, true", "127.9.9.9, true", "::1, true", "0:0:0:0:0:0:0:1, true", "::ffff:127.0.0.1, true",
            "10.0.0.1, false", "192.0.2.7, false", "::ffff:10.0.0.1, false", "fe80::1, false", "'', false", ", false" })
    void onlyWhoSpeaksFromTheLoopbackIsThisHost(String peer, boolean here) {
        assertThat(new Asker(peer, MultiMap.caseInsensitiveMultiMap()).isThisHost()).isEqualTo(here);
    }

    @ParameterizedTest
    @CsvSource({ "forwarded", "VIA", "x-forwarded-for", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP" })
    void throughAProxyNobodyIs(String header) {
        assertThat(new Asker("127.0.0.1", MultiMap.caseInsensitiveMultiMap().add(header, "x")).isThisHost()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "Origin, null", "origin, http://127.0.0.1:8080", "Sec-Fetch-Site, same-origin", "sec-fetch-site, none" })
    void whatAPageSendsIsKnown(String header, String value) {
        Asker asker = new Asker("127.0.0.1", MultiMap.caseInsensitiveMultiMap().add(header, value));

        assertThat(asker.isPage()).isTrue();
    }
}
