package dev.heartbeat.probe;

import java.net.IDN;
import java.net.ProtocolException;
import java.net.URI;
import java.util.Locale;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpMethod;

/**
 * Which request does one step of a website's check send?
 *
 * @param host ASCII, an IPv6 literal without its brackets
 * @param path with the query, never empty
 */
record Hop(HttpMethod method, boolean secure, String host, int port, String path) {
    private static final int PLAIN_PORT = 80;
    private static final int SECURE_PORT = 443;

    /** Reads the authority itself: {@link URI} knows no host with an underscore or a letter beyond ASCII. */
    static Hop of(HttpMethod method, URI uri) throws ProtocolException {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String authority = uri.getRawAuthority();
        boolean secure = scheme.equals("https");
        if (authority == null || !secure && !scheme.equals("http")) {
            throw new ProtocolException("the address is not one of http or https");
        }
        String place = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = place.lastIndexOf(':');
        boolean ported = colon > place.lastIndexOf(']');
        int port = ported && colon + 1 < place.length() ? port(place.substring(colon + 1)) : secure ? SECURE_PORT : PLAIN_PORT;
        return new Hop(method, secure, host(ported ? place.substring(0, colon) : place), port, path(uri));
    }

    /** The next request, as {@code curl -L} sends it. */
    Hop follow(int status, String location) throws ProtocolException {
        boolean get = status == 303 && !method.equals(HttpMethod.HEAD) || status <= 302 && method.equals(HttpMethod.POST);
        return of(get ? HttpMethod.GET : method, Locations.resolve(this, location));
    }

    boolean sameOrigin(Hop other) {
        return secure == other.secure && port == other.port && peer().equals(other.peer());
    }

    /** The host and the port, for a person. */
    String where() {
        return NetUtil.toSocketAddressString(host, port);
    }

    /** The name that the peer's certificate must have: without the dot that ends an absolute name. */
    String peer() {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** What the Host header says. */
    String authority() {
        String bracketed = isIpv6() ? "[" + host + "]" : peer();
        return port == (secure ? SECURE_PORT : PLAIN_PORT) ? bracketed : bracketed + ":" + port;
    }

    String url() {
        return (secure ? "https://" : "http://") + authority() + path;
    }

    boolean isLiteral() {
        return isIpv6() || NetUtil.isValidIpV4Address(host);
    }

    private boolean isIpv6() {
        return host.indexOf(':') >= 0;
    }

    private static String host(String written) throws ProtocolException {
        if (written.startsWith("[") && written.endsWith("]")) {
            return written.substring(1, written.length() - 1);
        }
        try {
            String ascii = IDN.toASCII(written).toLowerCase(Locale.ROOT);
            if (!ascii.isEmpty()) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the same complaint.
        }
        throw new ProtocolException("the address has no host");
    }

    private static int port(String digits) throws ProtocolException {
        try {
            int port = Integer.parseInt(digits);
            if (port > 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same complaint.
        }
        throw new ProtocolException("the address has no valid port");
    }

    private static String path(URI uri) {
        String ascii = uri.toASCIIString();
        int from = ascii.indexOf("//") + 2;
        int slash = from;
        while (slash < ascii.length() && "/?#".indexOf(ascii.charAt(slash)) < 0) {
            slash++;
        }
        int hash = ascii.indexOf('#', slash);
        String path = ascii.substring(slash, hash < 0 ? ascii.length() : hash);
        while (path.startsWith("/../")) {
            path = path.substring(3);
        }
        return path.startsWith("/") ? path : "/" + path;
    }
}
