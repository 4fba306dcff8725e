package dev.heartbeat.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.heartbeat.model.Printable;

/** What is wrong with the settings of Kafka, before anything is started with them? */
public final class KafkaFaults {
    static final String CA_FILE = "KAFKA_SSL_CA_FILE";
    static final String CERT_FILE = "KAFKA_SSL_CERT_FILE";
    static final String KEY_FILE = "KAFKA_SSL_KEY_FILE";
    private static final String SERVERS = "KAFKA_BOOTSTRAP_SERVERS";
    private static final String PROTOCOL = "KAFKA_SECURITY_PROTOCOL";
    private static final Pattern SERVER = Pattern.compile("(?:[^\\s:,\\[\\]/]+|\\[[0-9a-fA-F:.%]+])(?::(\\d{1,5}))");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,242}");
    private static final int LAST_PORT = 65_535;

    private final Map<String, String> environment;
    private final List<String> faults = new ArrayList<>();

    private KafkaFaults(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Each names variable, value and what would be right; empty when all is well. Values that are blank count as unset. */
    public static List<String> of(Map<String, String> environment) {
        KafkaFaults faults = new KafkaFaults(environment);
        faults.servers();
        faults.topic();
        faults.oneOf("KAFKA_LAYOUT", Set.of("HEARTBEAT", "HEALTHCHECK", "METRICS"));
        faults.oneOf("KAFKA_AUTO_OFFSET_RESET", Set.of("EARLIEST", "LATEST"));
        faults.oneOf("KAFKA_COMPRESSION", Set.of("NONE", "GZIP", "LZ4", "SNAPPY", "ZSTD"));
        faults.number("KAFKA_PARTITIONS", Integer.MAX_VALUE);
        faults.number("KAFKA_REPLICATION", Short.MAX_VALUE);
        faults.security();
        return List.copyOf(faults.faults);
    }

    private Optional<String> value(String variable) {
        return Optional.ofNullable(environment.get(variable)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private void fault(String variable, String value, String right) {
        faults.add(variable + "=" + Printable.text(value) + ": " + right);
    }

    private void servers() {
        value(SERVERS).ifPresent(all -> {
            for (String one : all.split(",", -1)) {
                var parts = SERVER.matcher(one.strip());
                if (!parts.matches() || Integer.parseInt(parts.group(1)) > LAST_PORT || Integer.parseInt(parts.group(1)) == 0) {
                    fault(SERVERS, all, "\"" + Printable.text(one.strip()) + "\" is not host:port; right would be"
                            + " kafka1.example:9092,kafka2.example:9092");
                }
            }
        });
    }

    private void topic() {
        value("KAFKA_TOPIC").filter(name -> !isTopic(name)).ifPresent(name -> fault("KAFKA_TOPIC", name,
                "is no name of a topic; right would be letters, digits, '.', '_' and '-'"));
    }

    /** Whether a topic may be called so, its parking topic included. */
    public static boolean isTopic(String name) {
        return TOPIC.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }

    private void oneOf(String variable, Set<String> words) {
        value(variable).filter(word -> !words.contains(word.toUpperCase(Locale.ROOT))).ifPresent(word -> fault(variable, word,
                "right would be one of " + String.join(", ", new TreeSet<>(words)).toLowerCase(Locale.ROOT)));
    }

    private void number(String variable, int most) {
        value(variable).filter(text -> !text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most)
                .ifPresent(text -> fault(variable, text, "right would be a whole number from 1 to " + most));
    }

    private void security() {
        Set<String> protocols = Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
        value(PROTOCOL).filter(word -> !protocols.contains(word.toUpperCase(Locale.ROOT))).ifPresent(
                word -> fault(PROTOCOL, word, "right would be one of " + String.join(", ", new TreeSet<>(protocols))));
        String protocol = KafkaSettings.protocol(value(PROTOCOL), value(CA_FILE));
        if (protocol.endsWith("SSL")) {
            files();
        }
        if (protocol.startsWith("SASL")) {
            login(protocol);
        }
    }

    private void files() {
        value(CA_FILE).ifPresent(path -> file(CA_FILE, path, Trust.certificateFault(path)));
        value(CERT_FILE).ifPresent(path -> file(CERT_FILE, path, Trust.certificateFault(path)));
        value(KEY_FILE).ifPresent(path -> file(KEY_FILE, path, PrivateKeyText.fault(path)));
        if (value(CERT_FILE).isPresent() != value(KEY_FILE).isPresent()) {
            faults.add(CERT_FILE + " and " + KEY_FILE + " must be set together");
        }
    }

    private void file(String variable, String path, String fault) {
        if (fault != null) {
            fault(variable, path, fault);
        }
    }

    private void login(String protocol) {
        Set<String> mechanisms = Set.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");
        value("KAFKA_SASL_MECHANISM").filter(word -> !mechanisms.contains(word.toUpperCase(Locale.ROOT))).ifPresent(
                word -> fault("KAFKA_SASL_MECHANISM", word,
                        "right would be one of " + String.join(", ", new TreeSet<>(mechanisms))));
        for (String variable : List.of("KAFKA_SASL_USERNAME", "KAFKA_SASL_PASSWORD")) {
            if (value(variable).isEmpty()) {
                faults.add(variable + " must be set where " + PROTOCOL + " is " + protocol);
            }
        }
    }
}
