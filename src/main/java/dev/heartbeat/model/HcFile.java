package dev.heartbeat.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What do the lines of a Host Checker's file ask for: {@code DOMAIN FREQUENCY (REGEX)}? The frequency is in minutes; the regex
 * goes to the end of the line, spaces included. Parentheses round it, as its manual writes them, are a group, which finds the
 * same. Empty lines and those that begin with # say nothing.
 */
public final class HcFile {
    private static final Pattern LINE = Pattern
            .compile("\\s*(?<domain>\\S+)(?:\\s+(?<frequency>\\S+)(?:\\s+(?<regex>\\S.*?))?)?\\s*");
    /** The first line that says something is no mapping, and begins with what may be a domain. */
    private static final Pattern LIKELY = Pattern.compile(
            "(?:[A-Za-z][A-Za-z0-9+.-]*://\\S|[\\w-]+(?:\\.[\\w-]+)*\\.?(?::\\d+)?(?:/\\S*)?\\s+\\d|[\\w-]+(?:\\.[\\w-]+)+(?:\\s|$)).*");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Duration.ofDays(30).toMinutes());
    private static final int MILLIS_PER_MINUTE = 60_000;
    private static final Form<URI> DOMAIN = Form.of("a domain or an address", WebAddress::parse).asSecret();
    private static final Form<Duration> FREQUENCY = Form
            .matching("a number of minutes of more than 0 and at most 43200, such as 5 or 0.5", HcFile::isFrequency)
            .then(text -> Duration.ofMillis(new BigDecimal(text).multiply(BigDecimal.valueOf(MILLIS_PER_MINUTE))
                    .setScale(0, RoundingMode.UP).longValueExact()));

    private final Faults faults;
    private final List<TargetNames.Named> entries = new ArrayList<>();

    private HcFile(Faults faults) {
        this.faults = faults;
    }

    /** Whether a text looks like such a file, well written or not. */
    public static boolean isMeant(String text) {
        return Syntax.withoutMark(text).lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst().filter(line -> LIKELY.matcher(line).matches()).isPresent();
    }

    /** Reads the bytes of a file, which must be UTF-8. */
    public static TargetsFile.Read read(String fileName, byte[] bytes) {
        Faults faults = new Faults(fileName, false);
        HcFile file = new HcFile(faults);
        String text = Syntax.text(bytes, faults);
        if (text != null) {
            file.read(Syntax.withoutMark(text).split("\r?\n|\r", -1));
            TargetNames.checkAlone(file.entries, faults);
        }
        Targets targets = faults.count() > 0 ? null
                : Targets.of(file.entries.stream().map(TargetNames.Named::spec).toList());
        return new TargetsFile.Read(targets, faults.faults(), faults.warnings());
    }

    private void read(String[] lines) {
        for (int number = 1; number <= lines.length; number++) {
            String line = lines[number - 1];
            if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                read(line, number);
            }
        }
        if (entries.isEmpty() && faults.count() == 0) {
            faults.add(Place.START, null, "must hold a line DOMAIN FREQUENCY (REGEX): nothing is watched");
        }
    }

    private void read(String line, int number) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            faults.add(new Place(null, "", number, 1), null, "must be DOMAIN FREQUENCY (REGEX)");
            return;
        }
        int before = faults.count();
        String domain = parts.group("domain");
        String address = SCHEME.matcher(domain).matches() ? domain : "https://" + domain;
        Place at = place(parts, "domain", number);
        URI url = parse(at, address, DOMAIN);
        Duration interval = null;
        if (parts.group("frequency") == null) {
            faults.add(new Place(null, "frequency", number, line.length() + 1), null, "must be given: " + FREQUENCY.words());
        } else {
            interval = parse(place(parts, "frequency", number), parts.group("frequency"), FREQUENCY);
        }
        String regex = parts.group("regex");
        PythonPattern body = regex == null ? null : parse(place(parts, "regex", number), regex, Form.PATTERN);
        if (faults.count() == before) {
            if (body != null) {
                body.warnings().forEach(warning -> faults.warn(place(parts, "regex", number), regex, warning));
            }
            String name = name(WebAddress.withoutUser(address), regex);
            entries.add(new TargetNames.Named(WebsiteSpec.plain(name, url, body, Pace.every(interval), null), at));
        }
    }

    /** One domain may be asked for several things; each of them is a target of its own. */
    private String name(String address, String regex) {
        boolean taken = regex != null && entries.stream()
                .anyMatch(entry -> entry.spec().targets().contains(new Target(Kind.WEBSITE, address)));
        return taken ? address + " (" + regex + ")" : address;
    }

    private static Place place(Matcher parts, String group, int line) {
        return new Place(null, group, line, parts.start(group) + 1);
    }

    private <T> T parse(Place at, String text, Form<T> form) {
        Function<String, T> parse = form.parse();
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            faults.add(at, form.secret() ? null : text, e.getMessage());
            return null;
        }
    }

    private static boolean isFrequency(String text) {
        return text.matches("\\d{1,5}(\\.\\d{1,9})?") && new BigDecimal(text).signum() > 0
                && new BigDecimal(text).compareTo(LONGEST) <= 0;
    }
}
