package dev.heartbeat.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How are the Python Healthcheck's {@code websites} read? */
final class KpWebsites {
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Duration.ofDays(30).toSeconds());
    private static final String SECONDS = "a number of seconds of more than 0 and at most 2592000";
    private static final Form<Duration> INTERVAL = Form.matching(SECONDS, KpWebsites::isInterval)
            .then(text -> Duration
                    .ofMillis(new BigDecimal(text).movePointRight(3).setScale(0, RoundingMode.UP).longValueExact()));

    private final List<TargetNames.Named> entries = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private KpWebsites() {
    }

    /** Meaningless once the section has a fault. */
    static Targets read(Entry section) {
        KpWebsites websites = new KpWebsites();
        section.eachOfSome("websites",
                "a list of url, polling_interval_in_seconds, destination_topic and, where one is expected, regex",
                websites::add);
        TargetNames.checkAlone(websites.entries, section.faults());
        return Targets.of(websites.entries.stream().map(TargetNames.Named::spec).toList());
    }

    private void add(Entry entry) {
        URI url = entry.required("url", WebsiteSection.URL);
        Duration interval = entry.required("polling_interval_in_seconds", INTERVAL);
        PythonPattern regex = entry.pattern("regex", entry.optional("regex", Form.PATTERN, null));
        String topic = entry.required("destination_topic", Form.TOPIC);
        if (entry.ends()) {
            String name = name(WebsiteSection.defaultName(entry), topic);
            entries.add(
                    new TargetNames.Named(WebsiteSpec.plain(name, url, regex, Pace.every(interval), topic), entry.at("url")));
        }
    }

    /** One site may be told to several topics; each of them is a target of its own. */
    private String name(String address, String topic) {
        String name = names.contains(address) ? address + " (" + topic + ")" : address;
        names.add(name);
        return name;
    }

    private static boolean isInterval(String text) {
        return text.matches("\\d{1,7}(\\.\\d{1,9})?") && new BigDecimal(text).signum() > 0
                && new BigDecimal(text).compareTo(LONGEST) <= 0;
    }
}
