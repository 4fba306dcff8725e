package dev.heartbeat.model;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which HTTP(S) address must answer what?
 *
 * @param headers sent with the request; may hold secrets, so never logged
 * @param redirects how many are followed; 0 judges the redirect itself
 * @param topic of a log to which its observations go; null for the one that all go to
 */
public record WebsiteSpec(String name, URI url, String method, Map<String, String> headers, int redirects, Expectation expect,
        Tls tls, Pace pace, String topic) implements Spec {
    static final int DEFAULT_REDIRECTS = 10;

    public WebsiteSpec {
        headers = Map.copyOf(headers);
    }

    public WebsiteSpec(String name, URI url, String method, Map<String, String> headers, int redirects, Expectation expect,
            Tls tls, Pace pace) {
        this(name, url, method, headers, redirects, expect, tls, pace, null);
    }

    /** A page that is fetched as any browser would, and is up when the answer is no error and its body matches. */
    static WebsiteSpec plain(String name, URI url, PythonPattern body, Pace pace, String topic) {
        Expectation expect = new Expectation(Expectation.DEFAULT.status(), body, null, null);
        return new WebsiteSpec(name, url, "GET", Map.of(), DEFAULT_REDIRECTS, expect, Tls.DEFAULT, pace, topic);
    }

    @Override
    public Set<Target> targets() {
        return Set.of(new Target(Kind.WEBSITE, name));
    }

    /** As it is written in the file where that is its name; never with a user and password. */
    @Override
    public Asked asked(Target target) {
        return new Asked(WebAddress.isWritten(name, url) ? name : WebAddress.withoutUser(url.toString()),
                expect.body() == null ? null : expect.body().toString());
    }

    @Override
    public String toString() {
        return "website " + name;
    }

    /** What is a good answer? {@code body}, {@code latency} and {@code certificateDays} are null where nothing is expected. */
    public record Expectation(List<Range> status, PythonPattern body, Duration latency, Integer certificateDays) {
        /** Any answer that is not an error, as the status of a page that redirects is. */
        public static final Expectation DEFAULT = new Expectation(List.of(new Range(200, 399)), null, null, null);

        public Expectation {
            status = List.copyOf(status);
        }

        public boolean accepts(int code) {
            return status.stream().anyMatch(range -> range.from() <= code && code <= range.to());
        }
    }

    /** Which status codes? Both ends included. */
    public record Range(int from, int to) {
        @Override
        public String toString() {
            return from == to ? String.valueOf(from) : from + "-" + to;
        }
    }

    /**
     * Whom does the probe trust at this address?
     *
     * @param verify false accepts every certificate
     * @param caCertPath PEM file of the authorities; null for those of the process
     * @param serverName the name to ask for and to verify; null for the address' own
     * @param clientCertPath PEM file of our certificate; null for none
     * @param clientKeyPath PEM file of its key; null for none
     */
    public record Tls(boolean verify, String caCertPath, String serverName, String clientCertPath, String clientKeyPath) {
        public static final Tls DEFAULT = new Tls(true, null, null, null, null);
    }
}
