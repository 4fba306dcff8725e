package dev.heartbeat.probe;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.heartbeat.model.Pace;
import dev.heartbeat.model.PythonPattern;
import dev.heartbeat.model.WebsiteSpec;
import dev.heartbeat.model.WebsiteSpec.Expectation;
import dev.heartbeat.model.WebsiteSpec.Range;
import dev.heartbeat.model.WebsiteSpec.Tls;

/** What does a test expect of which website? */
record Website(String url, String method, Map<String, String> headers, int redirects, Expectation expect, Tls tls, Pace pace) {
    static Website at(String url) {
        return new Website(url, "GET", Map.of(), 5, Expectation.DEFAULT, Tls.DEFAULT, Pace.DEFAULT);
    }

    Website method(String newMethod) {
        return new Website(url, newMethod, headers, redirects, expect, tls, pace);
    }

    Website headers(Map<String, String> newHeaders) {
        return new Website(url, method, newHeaders, redirects, expect, tls, pace);
    }

    Website redirects(int newRedirects) {
        return new Website(url, method, headers, newRedirects, expect, tls, pace);
    }

    Website tls(Tls newTls) {
        return new Website(url, method, headers, redirects, expect, newTls, pace);
    }

    Website timeout(Duration timeout) {
        return new Website(url, method, headers, redirects, expect, tls, new Pace(null, timeout, 0));
    }

    Website body(String regex) {
        return expect(
                new Expectation(expect.status(), PythonPattern.compile(regex), expect.latency(), expect.certificateDays()));
    }

    Website status(Range... ranges) {
        return expect(new Expectation(List.of(ranges), expect.body(), expect.latency(), expect.certificateDays()));
    }

    Website latency(Duration latency) {
        return expect(new Expectation(expect.status(), expect.body(), latency, expect.certificateDays()));
    }

    Website certificateDays(int days) {
        return expect(new Expectation(expect.status(), expect.body(), expect.latency(), days));
    }

    WebsiteSpec spec() {
        return new WebsiteSpec("site", URI.create(url), method, headers, redirects, expect, tls, pace);
    }

    private Website expect(Expectation newExpect) {
        return new Website(url, method, headers, redirects, newExpect, tls, pace);
    }
}
