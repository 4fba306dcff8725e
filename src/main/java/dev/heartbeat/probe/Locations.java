package dev.heartbeat.probe;

import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;

/** Where does a Location header lead to? As lenient as browsers are with characters that do not belong into a URL. */
final class Locations {
    private static final String FOREIGN = " \"<>\\^`{|}";

    private Locations() {
    }

    static URI resolve(Hop from, String location) throws ProtocolException {
        String reference = encoded(location.strip());
        try {
            URI base = new URI(from.url());
            if (reference.isEmpty() || reference.startsWith("#")) {
                return base;
            }
            // What java.net.URI resolves as RFC 2396 did: without the last segment of the base.
            return reference.startsWith("?") ? new URI(withoutQuery(from.url()) + reference)
                    : base.resolve(new URI(reference));
        } catch (URISyntaxException e) {
            throw new ProtocolException("redirected to an address that nobody can read");
        }
    }

    private static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    private static String encoded(String reference) {
        StringBuilder url = new StringBuilder(reference.length());
        for (int i = 0; i < reference.length(); i++) {
            char c = reference.charAt(i);
            boolean stray = c == '%' && !reference.startsWith("%25", i) && !isEscape(reference, i);
            if (stray || c < ' ' || FOREIGN.indexOf(c) >= 0) {
                url.append(String.format("%%%02X", (int) c));
            } else {
                url.append(c);
            }
        }
        return url.toString();
    }

    private static boolean isEscape(String reference, int percent) {
        return percent + 2 < reference.length() && Character.digit(reference.charAt(percent + 1), 16) >= 0
                && Character.digit(reference.charAt(percent + 2), 16) >= 0;
    }
}
