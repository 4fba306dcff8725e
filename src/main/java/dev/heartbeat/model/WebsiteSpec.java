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
 */
public record WebsiteSpec(String name, URI url, String method, Map<String, String> headers, int redirects, Expectation expect,
        Tls tls, Pace pace) implements Spec {
    public WebsiteSpec {
        headers = Map.copyOf(headers);
    }

    @Override
    public Set<Target> targets() {
        return Set.of(new Target(Kind.WEBSITE, name));
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
