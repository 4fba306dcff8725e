package dev.heartbeat.store;

import static java.util.Map.entry;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What do the keys of a DSN say together? They are libpq's; those that we have no use for are passed over. */
final class PgKeys {
    private static final Set<String> PASSED_OVER = Set.of("service", "servicefile", "passfile", "channel_binding",
            "connect_timeout", "client_encoding", "application_name", "fallback_application_name", "keepalives",
            "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout", "sslnegotiation",
            "sslcompression", "sslcert", "sslkey", "sslkeylogfile", "sslpassword", "sslcertmode", "sslcrl", "sslcrldir",
            "sslsni", "requirepeer", "require_auth", "min_protocol_version", "max_protocol_version",
            "ssl_min_protocol_version", "ssl_max_protocol_version", "krbsrvname", "gsslib", "gssencmode", "gssdelegation",
            "replication", "target_session_attrs", "load_balance_hosts", "scram_client_key", "scram_server_key", "authtype",
            "tty", "oauth_issuer", "oauth_client_id", "oauth_client_secret", "oauth_scope");
    private static final Set<String> USED = Set.of("host", "hostaddr", "port", "dbname", "user", "password", "sslmode",
            "sslrootcert", "requiressl", "options");
    /** What happens instead of what some of those passed over ask for. */
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            entry("channel_binding", "a login without it is good enough"),
            entry("gssencmode", "GSSAPI encrypts nothing"),
            entry("passfile", "no file is asked for the password"),
            entry("require_auth", "whatever the server asks for is answered"),
            entry("service", "no file of services is read"),
            entry("ssl_max_protocol_version", "the newest version that both sides know is spoken"),
            entry("ssl_min_protocol_version", "the newest version that both sides know is spoken"),
            entry("sslcert", "no certificate of ours is shown"),
            entry("sslcrl", "revoked certificates are taken too"),
            entry("sslcrldir", "revoked certificates are taken too"),
            entry("target_session_attrs", "whichever server answers is used"));
    /** They ask for nothing. */
    private static final Set<String> NOTHING = Set.of("", "any", "prefer", "disable");
    private static final String SYSTEM = "system";
    private static final int LAST_PORT = 65_535;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> passed = new TreeSet<>();
    private String last;

    /** The later of two wins, as in libpq. An unknown key is not shown: it may be a piece of a password that was not quoted. */
    void put(String key, String value) {
        if (!USED.contains(key) && !PASSED_OVER.contains(key)) {
            throw wrong(last == null ? "it begins with a key that libpq does not know"
                    : "what follows the value of " + last
                            + " is no key that libpq knows; quote or encode a value that has spaces"
                            + " or special characters");
        }
        last = key;
        if (USED.contains(key)) {
            values.put(key, value);
        } else if (INSTEAD.containsKey(key) && !NOTHING.contains(value)) {
            passed.add(key);
        } else {
            passed.remove(key);
        }
    }

    /** The name of the key that was read last, for a message; null before the first. */
    String last() {
        return last;
    }

    PgAddress address() {
        String user = text("user", System.getProperty("user.name"));
        String certificate = text("sslrootcert", null);
        boolean system = SYSTEM.equals(certificate);
        return new PgAddress(host(), port(), text("dbname", user), user, text("password", null),
                system && !values.containsKey("sslmode") ? SslMode.VERIFY_FULL : sslMode(), system ? null : certificate,
                text("options", null), unheeded());
    }

    private String unheeded() {
        return passed.isEmpty() ? null
                : passed.stream().map(key -> key + " (" + INSTEAD.get(key) + ")").collect(Collectors.joining(", "));
    }

    private String host() {
        String host = text("host", text("hostaddr", "localhost"));
        if (host.startsWith("/") || host.startsWith("@")) {
            throw wrong("host is a Unix socket; give the name or the address of a host");
        }
        if (host.indexOf(',') >= 0) {
            throw wrong("host names several hosts; give one");
        }
        if (host.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw wrong("host has a space in it; give the name or the address of a host");
        }
        return host;
    }

    private int port() {
        String port = text("port", "5432").strip();
        int number = port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0;
        if (number < 1 || number > LAST_PORT) {
            throw wrong("port is no number from 1 to " + LAST_PORT);
        }
        return number;
    }

    private SslMode sslMode() {
        String word = text("sslmode", "1".equals(values.get("requiressl")) ? "require" : "prefer");
        return SslMode.of(word.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> wrong("sslmode is none of " + SslMode.WORDS));
    }

    /** As libpq: an empty value is none. */
    private String text(String key, String otherwise) {
        String value = values.get(key);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    /** Says what is wrong, and shows nothing of the text. */
    static IllegalArgumentException wrong(String fault) {
        return new IllegalArgumentException("is no address of a PostgreSQL database: " + fault
                + "; right would be postgresql://user:password@host:5432/database or host=… port=… dbname=… user=… password=…");
    }
}
