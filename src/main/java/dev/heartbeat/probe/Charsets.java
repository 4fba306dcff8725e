package dev.heartbeat.probe;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which charset is a body written? Its Content-Type says, else its byte order mark, else its own meta tag, else UTF-8. */
final class Charsets {
    private static final int SNIFFED = 1024;
    private static final char MARK = '\uFEFF';
    private static final Pattern NAMED = Pattern.compile("charset\\s*=\\s*[\"']?\\s*([^\\s\"'/>;,]+)",
            Pattern.CASE_INSENSITIVE);

    private Charsets() {
    }

    static String decode(byte[] bytes, String contentType) {
        Charset charset = named(contentType == null ? "" : contentType);
        charset = charset == null ? marked(bytes) : charset;
        charset = charset == null ? meta(bytes) : charset;
        String text = new String(bytes, charset == null ? StandardCharsets.UTF_8 : charset);
        return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
    }

    private static Charset marked(byte[] bytes) {
        int head = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return switch (head) {
            case 0xFEFF -> StandardCharsets.UTF_16BE;
            case 0xFFFE -> StandardCharsets.UTF_16LE;
            case 0xEFBB -> StandardCharsets.UTF_8;
            default -> null;
        };
    }

    private static Charset meta(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, SNIFFED), StandardCharsets.ISO_8859_1);
        int tag = head.toLowerCase(Locale.ROOT).indexOf("<meta");
        return tag < 0 ? null : named(head.substring(tag));
    }

    private static Charset named(String words) {
        Matcher name = NAMED.matcher(words);
        try {
            return name.find() ? Charset.forName(name.group(1)) : null;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }
}
