package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What do the Python Healthcheck's keys for Kafka say? They are the names of its client's parameters. */
final class KafkaLinkKeys {
    private static final Set<String> PROTOCOLS = Set.of("PLAINTEXT", "SSL", "SASL_SSL", "SASL_PLAINTEXT");
    private static final Set<String> MECHANISMS = Set.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");
    private static final String DEFAULT_MECHANISM = "PLAIN";
    private static final String DEFAULT_PORT = "9092";
    private static final int HIGHEST_PORT = 65_535;
    private static final String SERVER_WORDS = "host:port of a Kafka broker, several of them between commas";
    private static final Pattern SERVER = Pattern
            .compile("(?<host>\\[[0-9A-Fa-f:.]+]|[^\\s:/,@\\[\\]]+)(?::(?<port>\\d{1,5}))?");
    private static final Form<List<String>> SERVERS = Form.of(SERVER_WORDS, KafkaLinkKeys::servers);
    private static final Form<String> PROTOCOL = word("PLAINTEXT, SSL, SASL_SSL or SASL_PLAINTEXT", PROTOCOLS);
    private static final Form<String> MECHANISM = word("PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512", MECHANISMS);

    private KafkaLinkKeys() {
    }

    /** Meaningless once the entry has a fault. */
    static KafkaLink read(Entry entry) {
        List<String> servers = new ArrayList<>();
        if (entry.node("bootstrap_servers") == null) {
            entry.faults().add(entry.at("bootstrap_servers"), null, "must be given: a list of " + SERVER_WORDS);
        }
        entry.several("bootstrap_servers", SERVERS, List.of()).stream().filter(Objects::nonNull).forEach(servers::addAll);
        String protocol = entry.optional("security_protocol", PROTOCOL, null);
        String authorities = entry.name("ssl_cafile", null);
        String certificate = entry.name("ssl_certfile", null);
        String key = entry.name("ssl_keyfile", null);
        together(entry, "ssl_certfile", certificate, "ssl_keyfile", key);
        boolean sasl = protocol != null && protocol.startsWith("SASL");
        String mechanism = entry.optional("sasl_mechanism", MECHANISM, sasl ? DEFAULT_MECHANISM : null);
        String user = sasl ? entry.name("sasl_plain_username") : entry.name("sasl_plain_username", null);
        Form<String> secret = Form.NON_BLANK.asSecret();
        String password = sasl ? entry.required("sasl_plain_password", secret)
                : entry.optional("sasl_plain_password", secret, null);
        return new KafkaLink(servers, protocol, authorities, certificate, key, mechanism, user, password);
    }

    private static void together(Entry entry, String one, String first, String other, String second) {
        if ((first == null) != (second == null)) {
            entry.faults().add(entry.at(first == null ? one : other), null,
                    "must be given: " + one + " and " + other + " go together");
        }
    }

    private static List<String> servers(String text) {
        List<String> servers = new ArrayList<>();
        for (String server : text.split(",", -1)) {
            Matcher matcher = SERVER.matcher(server.strip());
            String port = matcher.matches() && matcher.group("port") != null ? matcher.group("port") : DEFAULT_PORT;
            if (!matcher.matches() || Integer.parseInt(port) < 1 || Integer.parseInt(port) > HIGHEST_PORT) {
                throw new IllegalArgumentException("must be " + SERVER_WORDS + ", such as kafka.example.org:9092");
            }
            servers.add(matcher.group("host") + ":" + port);
        }
        return servers;
    }

    private static Form<String> word(String words, Set<String> known) {
        return Form.matching(words, text -> known.contains(text.toUpperCase(Locale.ROOT)))
                .then(text -> text.toUpperCase(Locale.ROOT));
    }
}
