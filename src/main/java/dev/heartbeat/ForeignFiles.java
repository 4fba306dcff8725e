package dev.heartbeat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.heartbeat.TargetsLocation.UnreadableException;
import dev.heartbeat.model.Durations;
import dev.heartbeat.model.Fault;
import dev.heartbeat.model.HcFile;
import dev.heartbeat.model.KafkaLink;
import dev.heartbeat.model.KpFile;
import dev.heartbeat.model.ScTarget;
import dev.heartbeat.model.TargetsFile;

/** What do the files and flags say of the programs that we replace? What is wrong in them is told with all the rest. */
final class ForeignFiles {
    private static final String HINT = "; give the path of its file";

    private ForeignFiles() {
    }

    /**
     * What does such a file say?
     *
     * @param settings what of it is a setting of ours, by variable; may hold a secret
     */
    record Settled(Foreign foreign, Map<String, String> settings) {
        Settled {
            settings = Map.copyOf(settings);
        }
    }

    /** The websites of the Python Healthcheck. */
    static Settled producer(String path, Map<String, String> environment) {
        References references = References.in(environment);
        try {
            KpFile.Read<KpFile.Producer> read = KpFile.producer(path, TargetsLocation.bytes(Path.of(path), HINT), references);
            KpFile.Producer said = read.content();
            Foreign foreign = new Foreign(path, said == null ? null : said.targets(), List.of(), lines(read.faults()),
                    lines(read.warnings()),
                    Rereading.of(Path.of(path), bytes -> websites(path, bytes, references, said), references));
            return new Settled(foreign, said == null ? Map.of() : link(said.link()));
        } catch (UnreadableException e) {
            return new Settled(wrong(path, e.getMessage()), Map.of());
        }
    }

    /** Its websites once more; its broker counts at a start only. */
    private static TargetsFile.Read websites(String path, byte[] bytes, References references, KpFile.Producer first) {
        KpFile.Read<KpFile.Producer> read = KpFile.producer(path, bytes, references);
        KpFile.Producer said = read.content();
        List<Fault> warnings = new ArrayList<>(read.warnings());
        if (said != null && !said.link().equals(first.link())) {
            warnings.add(new Fault(path, 1, 1, "", null, "names another broker, or another way to it, than at the start:"
                    + " that counts from the next start on"));
        }
        return new TargetsFile.Read(said == null ? null : said.targets(), read.faults(), warnings);
    }

    /** The topics and tables of the Python Healthcheck. */
    static Settled consumer(String path, Map<String, String> environment) {
        try {
            KpFile.Read<KpFile.Consumer> read = KpFile.consumer(path, TargetsLocation.bytes(Path.of(path), HINT),
                    References.in(environment));
            KpFile.Consumer said = read.content();
            Foreign foreign = new Foreign(path, null, said == null ? List.of() : said.routes(), lines(read.faults()),
                    lines(read.warnings()));
            return new Settled(foreign, said == null ? Map.of() : settings(said));
        } catch (UnreadableException e) {
            return new Settled(wrong(path, e.getMessage()), Map.of());
        }
    }

    private static Map<String, String> settings(KpFile.Consumer said) {
        Map<String, String> settings = new HashMap<>(link(said.link()));
        settings.put("KAFKA_GROUP_ID", said.group());
        settings.put("KAFKA_AUTO_OFFSET_RESET", said.autoOffsetReset());
        return settings;
    }

    private static Map<String, String> link(KafkaLink link) {
        Map<String, String> settings = new HashMap<>();
        settings.put("KAFKA_BOOTSTRAP_SERVERS", String.join(",", link.servers()));
        settings.put("KAFKA_SECURITY_PROTOCOL", link.securityProtocol());
        settings.put("KAFKA_SSL_CA_FILE", link.caFile());
        settings.put("KAFKA_SSL_CERT_FILE", link.certFile());
        settings.put("KAFKA_SSL_KEY_FILE", link.keyFile());
        settings.put("KAFKA_SASL_MECHANISM", link.saslMechanism());
        settings.put("KAFKA_SASL_USERNAME", link.saslUsername());
        settings.put("KAFKA_SASL_PASSWORD", link.saslPassword());
        settings.values().removeIf(value -> value == null);
        return settings;
    }

    /** The hosts of the Host Checker. */
    static Foreign hosts(String path) {
        try {
            TargetsFile.Read read = HcFile.read(path, TargetsLocation.bytes(Path.of(path), HINT));
            return new Foreign(path, read.targets(), List.of(), lines(read.faults()), lines(read.warnings()),
                    Rereading.of(Path.of(path), bytes -> HcFile.read(path, bytes)));
        } catch (UnreadableException e) {
            return wrong(path, e.getMessage());
        }
    }

    /** The site of the Service health checker. */
    static Foreign site(String url, String delay, String timeout, String pattern) {
        try {
            return new Foreign("the command line", ScTarget.of(url, seconds("--delay (DELAY)", delay),
                    seconds("--timeout (TIMEOUT)", timeout), pattern), List.of(), List.of(), List.of());
        } catch (IllegalArgumentException e) {
            return wrong("the command line", e.getMessage());
        }
    }

    private static Duration seconds(String option, String value) {
        try {
            return Durations.parse(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": \"" + value + "\" " + e.getMessage(), e);
        }
    }

    private static Foreign wrong(String from, String fault) {
        return new Foreign(from, null, List.of(), List.of(fault), List.of());
    }

    private static List<String> lines(List<Fault> faults) {
        return faults.stream().map(Fault::toString).toList();
    }
}
