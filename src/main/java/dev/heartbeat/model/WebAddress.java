package dev.heartbeat.model;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which host and port does a web address name? Unlike {@link URI#getHost()} it knows hosts with an underscore, as container
 * networks have them, and international ones.
 */
public final class WebAddress {
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern USER = Pattern.compile("^([A-Za-z]+://)[^/?#]*@");
    private static final Pattern AUTHORITY = Pattern
            .compile("(?<user>[^@]*@)?(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~-]+)(?::(?<port>\\d{0,5}))?");
    private static final Pattern HOST = Pattern.compile("(?<before>[^@]*@)?(?<host>[^:\\[\\]@]+)(?<after>:\\d*)?");

    private WebAddress() {
    }

    /**
     * The address in ASCII.
     *
     * @throws IllegalArgumentException when it is none; the message says what would be right, and nothing of the text
     */
    public static URI parse(String text) {
        URI uri = uri(text);
        if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("must start with http:// or https://");
        }
        if (uri.getRawAuthority() == null) {
            throw new IllegalArgumentException("must name a host after ://");
        }
        URI ascii = uri(uri.getScheme() + "://" + ascii(uri.getRawAuthority()) + text.substring(text.indexOf("://") + 3
                + uri.getRawAuthority().length()));
        Matcher authority = authority(ascii);
        String port = authority.group("port");
        if (port != null && !port.isEmpty() && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > HIGHEST_PORT)) {
            throw new IllegalArgumentException("must have a port from 1 to " + HIGHEST_PORT + ", or none");
        }
        return uri(ascii.toASCIIString());
    }

    /** Without the brackets of an IPv6 address. */
    public static String host(URI url) {
        String host = authority(url).group("host");
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The port that is named, or that of the scheme. */
    public static int port(URI url) {
        String port = authority(url).group("port");
        return port != null && !port.isEmpty() ? Integer.parseInt(port) : isSecure(url) ? 443 : 80;
    }

    public static boolean isSecure(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** The address without the user and password that may stand before the host. */
    static String withoutUser(String url) {
        return USER.matcher(url).replaceFirst("$1");
    }

    /** Whether the text is this address, however its characters are written, but for the user and password. */
    static boolean isWritten(String text, URI url) {
        try {
            return parse(text).equals(URI.create(withoutUser(url.toString())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Matcher authority(URI url) {
        Matcher matcher = AUTHORITY.matcher(url.getRawAuthority());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must have a host name or address, and a port from 1 to " + HIGHEST_PORT);
        }
        return matcher;
    }

    private static String ascii(String authority) {
        Matcher matcher = HOST.matcher(authority);
        if (!matcher.matches() || authority.chars().allMatch(c -> c < 128)) {
            return authority;
        }
        String before = matcher.group("before") == null ? "" : matcher.group("before");
        String after = matcher.group("after") == null ? "" : matcher.group("after");
        return before + punycode(matcher.group("host")) + after;
    }

    private static String punycode(String host) {
        try {
            return IDN.toASCII(host);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must have a host that is a domain name", e);
        }
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Not its index: JDKs disagree on where a fault begins.
            throw new IllegalArgumentException("must be a valid web address: " + e.getReason(), e);
        }
    }
}
