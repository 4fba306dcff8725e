package dev.heartbeat.model;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.heartbeat.model.WebsiteSpec.Expectation;
import dev.heartbeat.model.WebsiteSpec.Tls;

/**
 * Which health endpoint tells of checks? Of which, its answer says.
 *
 * @param request how it is asked; its name is the endpoint's
 */
public record HealthSpec(WebsiteSpec request) implements Spec {
    /** What may be repeated to anybody. */
    private static final Pattern OPEN_HEADER = Pattern.compile("accept.*|content-type|host|user-agent");
    /** Below this a secret is none, and blotting it out would garble every sentence. */
    private static final int SHORTEST_SECRET = 4;

    static HealthSpec of(String name, URI url, Map<String, String> headers, int redirects, Tls tls, Pace pace, String topic) {
        return new HealthSpec(
                new WebsiteSpec(name, url, "GET", headers, redirects, Expectation.DEFAULT, tls, pace, topic));
    }

    /** The one target that is known before the answer. */
    public Target endpoint() {
        return new Target(Kind.HEALTH, request.name());
    }

    @Override
    public Set<Target> targets() {
        return Set.of(endpoint());
    }

    @Override
    public Pace pace() {
        return request.pace();
    }

    @Override
    public Asked asked(Target target) {
        return request.asked(target);
    }

    @Override
    public String topic() {
        return request.topic();
    }

    /** What our own request carries and no answer may repeat to others: the values of its headers, the password of its URL. */
    public Set<String> secrets() {
        Set<String> secrets = new LinkedHashSet<>();
        request.headers().forEach((name, value) -> {
            if (!OPEN_HEADER.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                secrets.add(value);
                secrets.add(value.substring(value.indexOf(' ') + 1));
            }
        });
        String authority = request.url().getRawAuthority();
        if (authority.indexOf('@') > 0) {
            String user = authority.substring(0, authority.lastIndexOf('@'));
            String decoded = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
            secrets.add(user.substring(user.indexOf(':') + 1));
            secrets.add(decoded.substring(decoded.indexOf(':') + 1));
            secrets.add(Base64.getEncoder().encodeToString(decoded.getBytes(StandardCharsets.UTF_8)));
        }
        secrets.removeIf(secret -> secret.length() < SHORTEST_SECRET);
        return secrets;
    }

    @Override
    public String toString() {
        return endpoint().toString();
    }
}
