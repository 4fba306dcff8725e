package dev.heartbeat.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What does a URI say of a database? {@code postgresql://user:password@host:port/database?key=value&…}, as libpq reads it. */
final class PgUri {
    private static final Pattern SCHEME = Pattern.compile("^postgres(?:ql)?://");
    private static final Pattern PARTS = Pattern
            .compile(
                    "(?s)(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?(?<host>\\[[^\\]/?]*]|[^:/?@\\[]*)(?::(?<port>[^/?@]*))?"
                            + "(?:/(?<database>[^?]*))?(?:\\?(?<keys>.*))?");

    private PgUri() {
    }

    static boolean is(String dsn) {
        return SCHEME.matcher(dsn).find();
    }

    static PgKeys read(String uri) {
        Matcher parts = PARTS.matcher(SCHEME.matcher(uri).replaceFirst(""));
        if (!parts.matches()) {
            throw PgKeys
                    .wrong("what stands between // and the next / is not user:password@host:port; in a user or password write"
                            + " @ as %40, : as %3A, / as %2F, ? as %3F");
        }
        PgKeys keys = new PgKeys();
        part(keys, "user", parts.group("user"));
        part(keys, "password", parts.group("password"));
        part(keys, "host", withoutBrackets(parts.group("host")));
        part(keys, "port", parts.group("port"));
        part(keys, "dbname", parts.group("database"));
        if (parts.group("keys") != null) {
            query(keys, parts.group("keys"));
        }
        return keys;
    }

    private static void part(PgKeys keys, String key, String encoded) {
        if (encoded != null && !encoded.isEmpty()) {
            keys.put(key, decoded(encoded));
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static void query(PgKeys keys, String query) {
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw PgKeys.wrong("after the ? something has no =; write key=value, and & between two");
            }
            String key = decoded(pair.substring(0, equals));
            String value = decoded(pair.substring(equals + 1));
            // As JDBC writes it; libpq takes it too.
            boolean isJdbc = key.equals("ssl") && value.equals("true");
            keys.put(isJdbc ? "sslmode" : key, isJdbc ? "require" : value);
        }
    }

    private static String decoded(String encoded) {
        byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
        ByteBuffer plain = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                plain.put(hex(bytes, i + 1));
                i += 2;
            } else {
                plain.put(bytes[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(plain.flip()).toString();
        } catch (CharacterCodingException e) {
            throw PgKeys.wrong("its %-escapes are not UTF-8");
        }
    }

    private static byte hex(byte[] bytes, int from) {
        int high = from + 1 < bytes.length ? Character.digit(bytes[from], 16) : -1;
        int low = high < 0 ? -1 : Character.digit(bytes[from + 1], 16);
        if (low < 0 || high + low == 0) {
            throw PgKeys.wrong("it has a % that two hex digits do not follow; write % itself as %25");
        }
        return (byte) (high << 4 | low);
    }
}
