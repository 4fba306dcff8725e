package dev.heartbeat.model;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.heartbeat.model.WebsiteSpec.Expectation;
import dev.heartbeat.model.WebsiteSpec.Range;

/** What does a website's {@code expect} say? */
final class ExpectKeys {
    private static final Pattern CODES = Pattern.compile("([1-9]\\d\\d)(?: ?- ?([1-9]\\d\\d))?");
    private static final String CODES_WORDS = "a status code such as 200, or a range such as 200-299";

    private static final Form<Range> STATUS = Form.of(CODES_WORDS, ExpectKeys::range);
    private static final Form<Duration> LATENCY = Form.duration(Duration.ofHours(1));
    private static final Form<Integer> DAYS = Form.number(0, 3650);

    private ExpectKeys() {
    }

    /** Meaningless once the entry has a fault. */
    static Expectation read(Entry website, URI url) {
        Entry entry = website.entry("expect");
        if (entry == null) {
            return Expectation.DEFAULT;
        }
        List<Range> status = entry.several("status", STATUS, Expectation.DEFAULT.status());
        PythonPattern body = entry.pattern("body", entry.optional("body", Form.PATTERN, null));
        Duration latency = entry.optional("latency", LATENCY, null);
        Integer days = entry.optional("certificate_days", DAYS, null);
        if (days != null && url != null && !WebAddress.isSecure(url)) {
            entry.faults().add(entry.at("certificate_days"), days.toString(), "must go with a url of https://");
        }
        return entry.ends() ? new Expectation(status, body, latency, days) : Expectation.DEFAULT;
    }

    static List<Object> content(Expectation expect) {
        List<Object> status = new ArrayList<>(expect.status());
        return Arrays.asList(status, expect.body(), expect.latency(), expect.certificateDays());
    }

    private static Range range(String text) {
        Matcher matcher = CODES.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be " + CODES_WORDS);
        }
        int from = Integer.parseInt(matcher.group(1));
        int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
        if (from > to) {
            throw new IllegalArgumentException("must be a range from the lower to the higher code");
        }
        return new Range(from, to);
    }
}
