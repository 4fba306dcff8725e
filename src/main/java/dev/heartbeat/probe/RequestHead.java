package dev.heartbeat.probe;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.heartbeat.model.WebsiteSpec;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;

/** Which headers does a website's request carry? Those that may identify us go to the website's own origin only. */
final class RequestHead {
    private static final List<CharSequence> OF_THE_ORIGIN = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.COOKIE,
            HttpHeaders.HOST);
    /** Servers refuse these without a length, and we have no body to send. */
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);
    private static final Pattern NAME = Pattern.compile("[\\w!#$%&'*+.^`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x08\\x0A-\\x1F\\x7F]*");

    private final Hop first;
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    RequestHead(WebsiteSpec spec, Hop first, String userAgent) {
        this.first = first;
        spec.headers().forEach(this::set);
        String user = user(spec.url().getRawAuthority());
        if (user != null) {
            unlessSet(HttpHeaders.AUTHORIZATION, basic(user));
        }
        unlessSet(HttpHeaders.USER_AGENT, userAgent);
        unlessSet(HttpHeaders.ACCEPT, "*/*");
        if (spec.expect().body() != null) {
            unlessSet(HttpHeaders.ACCEPT_ENCODING, "gzip, deflate");
        }
    }

    MultiMap of(Hop hop) {
        MultiMap own = MultiMap.caseInsensitiveMultiMap().addAll(headers);
        if (!isOwn(hop)) {
            OF_THE_ORIGIN.forEach(own::remove);
        }
        if (!own.contains(HttpHeaders.HOST)) {
            own.set(HttpHeaders.HOST, hop.authority());
        }
        if (WITH_BODY.contains(hop.method())) {
            own.set(HttpHeaders.CONTENT_LENGTH, "0");
        }
        return own;
    }

    /** Whether the hop goes to where the website itself is. */
    boolean isOwn(Hop hop) {
        return hop.sameOrigin(first);
    }

    /** Vert.x would complain only once it sends, in the log, and with the value. */
    private void set(String name, String value) {
        if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("the header " + name + " holds what no header may");
        }
        headers.set(name, value);
    }

    private void unlessSet(CharSequence name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }

    private static String user(String authority) {
        int at = authority == null ? -1 : authority.lastIndexOf('@');
        return at < 0 ? null : authority.substring(0, at);
    }

    private static String basic(String user) {
        // The decoder takes a plus for a space, which it is in a query only.
        String decoded = QueryStringDecoder.decodeComponent(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        String pair = decoded.contains(":") ? decoded : decoded + ":";
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
