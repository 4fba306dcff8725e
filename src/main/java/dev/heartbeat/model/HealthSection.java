package dev.heartbeat.model;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How is {@code health} read? */
final class HealthSection implements Section<HealthSpec> {
    /** Leaves room for the names of the checks, which come after it. */
    private static final int LONGEST_NAME = 256;

    @Override
    public String key() {
        return "health";
    }

    @Override
    public Class<HealthSpec> spec() {
        return HealthSpec.class;
    }

    @Override
    public List<String> nameKeys() {
        return List.of("name");
    }

    @Override
    public HealthSpec read(Entry entry, Pace pace) {
        String name = name(entry);
        URI url = entry.required("url", WebsiteSection.URL);
        Map<String, String> headers = WebsiteSection.headers(entry);
        Integer redirects = entry.optional("redirects", WebsiteSection.REDIRECTS, WebsiteSection.DEFAULT_REDIRECTS);
        WebsiteSpec.Tls tls = TlsKeys.read(entry);
        Pace own = PaceKeys.read(entry, pace);
        String topic = entry.optional("topic", Form.TOPIC, null);
        return entry.ends() ? HealthSpec.of(name, url, headers, redirects, tls, own, topic) : null;
    }

    @Override
    public List<Object> content(HealthSpec spec) {
        WebsiteSpec request = spec.request();
        return Arrays.asList(request.name(), request.url(), request.headers(), request.redirects(),
                TlsKeys.content(request.tls()), PaceKeys.content(request.pace()), request.topic());
    }

    private static String name(Entry entry) {
        String name = entry.name("name");
        if (name != null && name.indexOf(NamedCheck.SEPARATOR) >= 0) {
            entry.faults().add(entry.at("name"), name,
                    "must not hold \"/\", which stands between it and the names of its checks");
        } else if (name != null && name.length() > LONGEST_NAME) {
            entry.faults().add(entry.at("name"), name, "must be at most " + LONGEST_NAME + " characters long");
        }
        return name;
    }
}
