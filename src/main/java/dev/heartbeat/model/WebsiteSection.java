package dev.heartbeat.model;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** How is {@code http} read? */
final class WebsiteSection implements Section<WebsiteSpec> {
    static final int DEFAULT_REDIRECTS = WebsiteSpec.DEFAULT_REDIRECTS;
    private static final int MOST_REDIRECTS = 50;

    private static final Predicate<String> IS_TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+").asMatchPredicate();
    private static final Predicate<String> IS_HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7E\\xA0-\\xFF]*").asMatchPredicate();

    static final Form<URI> URL = Form.of("an address that starts with http:// or https://", WebAddress::parse)
            .asSecret();
    private static final Form<String> METHOD = Form.matching("an HTTP method such as GET or HEAD", IS_TOKEN)
            .then(method -> method.toUpperCase(Locale.ROOT));
    private static final Form<String> HEADER = Form.matching("a text of Latin-1 without line breaks", IS_HEADER_VALUE)
            .asSecret();
    static final Form<Integer> REDIRECTS = Form.of("a whole number from 0 to " + MOST_REDIRECTS + ", or false for 0",
            text -> switch (text.toLowerCase(Locale.ROOT)) {
                case "false" -> 0;
                case "true" -> DEFAULT_REDIRECTS;
                default -> Form.number(0, MOST_REDIRECTS).parse().apply(text);
            });

    @Override
    public String key() {
        return "http";
    }

    @Override
    public Class<WebsiteSpec> spec() {
        return WebsiteSpec.class;
    }

    @Override
    public List<String> nameKeys() {
        return List.of("name", "url");
    }

    @Override
    public WebsiteSpec read(Entry entry, Pace pace) {
        URI url = entry.required("url", URL);
        String name = entry.node("name") != null || url == null ? entry.name("name", "") : defaultName(entry);
        String method = entry.optional("method", METHOD, "GET");
        Map<String, String> headers = headers(entry);
        Integer redirects = entry.optional("redirects", REDIRECTS, DEFAULT_REDIRECTS);
        WebsiteSpec.Expectation expect = ExpectKeys.read(entry, url);
        WebsiteSpec.Tls tls = TlsKeys.read(entry);
        Pace own = PaceKeys.read(entry, pace);
        String topic = entry.optional("topic", Form.TOPIC, null);
        return entry.ends() ? new WebsiteSpec(name, url, method, headers, redirects, expect, tls, own, topic) : null;
    }

    @Override
    public List<Object> content(WebsiteSpec spec) {
        List<Object> content = new ArrayList<>(Arrays.asList(spec.name(), spec.url(), spec.method(), spec.headers(),
                spec.redirects(), ExpectKeys.content(spec.expect()), TlsKeys.content(spec.tls()),
                PaceKeys.content(spec.pace())));
        if (spec.topic() != null) {
            // Not a null otherwise: the hash of a file that names no topic is for ever.
            content.add(spec.topic());
        }
        return content;
    }

    /** The address as it is written, which is never shown with the user and password that it may hold. */
    static String defaultName(Entry entry) {
        return entry.checkedName("url", WebAddress.withoutUser(entry.required("url", Form.TEXT)));
    }

    static Map<String, String> headers(Entry entry) {
        Map<String, String> headers = new HashMap<>();
        Set<String> seen = new HashSet<>();
        Entry own = entry.entry("headers");
        if (own != null) {
            own.fields().forEach((name, field) -> {
                if (!IS_TOKEN.test(name)) {
                    entry.faults().add(field.key(), null, "must be an HTTP header name: letters, digits and -");
                } else if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                    entry.faults().add(field.key(), null, "must be given once, however its letters are written");
                }
                headers.put(name, entry.parse(field.value(), HEADER));
            });
        }
        return headers;
    }
}
