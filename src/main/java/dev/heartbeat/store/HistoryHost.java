package dev.heartbeat.store;

import java.net.IDN;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which host does an address name, and under which registered domain is it? International names are in ASCII, as the DNS has
 * them. The rules for domains are few, not the whole public suffix list: a country's well-known second levels count as part of
 * its suffix.
 *
 * @param name null where the address names none, as a queue's
 * @param rootDomain null for an IP address, and for a name without a dot
 */
record HistoryHost(String name, String rootDomain) {
    private static final HistoryHost NONE = new HistoryHost(null, null);
    private static final Pattern URL = Pattern
            .compile("(?s)[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?(?<host>\\[[^\\]/?#]*]|[^/?#:]*)(?::\\d*)?(?:[/?#].*)?");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?<host>\\[[0-9A-Fa-f:.%]+]|[^/?#:@\\s\\[\\]]+):\\d{1,5}");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Set<String> SECOND_LEVELS = Set.of("ac", "co", "com", "edu", "gen", "go", "gob", "gouv", "gov", "govt",
            "gv", "id", "ltd", "me", "mil", "mod", "ne", "net", "nhs", "nom", "or", "org", "plc", "police", "sch", "school");
    /** Countries that register right under their two letters: there these words are names like any other. */
    private static final Set<String> FLAT = Set.of("be", "ca", "cc", "ch", "cz", "de", "dk", "es", "eu", "fi", "ie", "io", "is",
            "it", "li", "lt", "lu", "me", "nl", "no", "nu", "se", "sk", "tv", "us");

    static HistoryHost of(String address) {
        Matcher url = URL.matcher(address);
        Matcher pair = HOST_AND_PORT.matcher(address);
        String host = url.matches() ? url.group("host") : pair.matches() ? pair.group("host") : "";
        if (host.startsWith("[")) {
            return new HistoryHost(host.substring(1, host.length() - 1).toLowerCase(Locale.ROOT), null);
        }
        String name = ascii(host);
        return name.isEmpty() ? NONE : new HistoryHost(name, IPV4.matcher(name).matches() ? null : root(name));
    }

    private static String ascii(String host) {
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        try {
            return IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            // No name that the DNS knows; it stays as somebody wrote it.
            return bare.toLowerCase(Locale.ROOT);
        }
    }

    private static String root(String name) {
        String[] labels = name.split("\\.", -1);
        int last = labels.length - 1;
        if (last < 1) {
            return null;
        }
        boolean isCountry = labels[last].length() == 2 && !FLAT.contains(labels[last]);
        int suffix = isCountry && SECOND_LEVELS.contains(labels[last - 1]) ? 2 : 1;
        // Asked for the suffix itself: it is the most that can be said.
        int from = Math.max(0, labels.length - suffix - 1);
        return String.join(".", Arrays.copyOfRange(labels, from, labels.length));
    }
}
