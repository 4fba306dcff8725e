package dev.heartbeat.model;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What does a configuration file of the Python Healthcheck ask for, or what is wrong in it? Each role reads its own section;
 * what stands in the other's is not its business, nor are variables that only that one needs.
 */
public final class KpFile {
    private static final String PRODUCER = "healthcheck-producer-config";
    private static final String CONSUMER = "healthcheck-consumer-config";

    private KpFile() {
    }

    /**
     * What came of reading a section?
     *
     * @param content null when there are faults
     * @param faults all of them at once, in the file's order
     */
    public record Read<T>(T content, List<Fault> faults, List<Fault> warnings) {
        public Read {
            faults = List.copyOf(faults);
            warnings = List.copyOf(warnings);
        }
    }

    /** What is watched, and where is it told? The topics are those of the targets. */
    public record Producer(KafkaLink link, Targets targets) {
    }

    /**
     * What is heard from where, and where does it go?
     *
     * @param group that of every first route on a topic
     * @param autoOffsetReset where a group that never read begins: earliest or latest
     */
    public record Consumer(KafkaLink link, String group, String autoOffsetReset, List<Route> routes) {
        public Consumer {
            routes = List.copyOf(routes);
        }
    }

    /** Whether a text looks like such a file, well written or not: it names a section of one at the beginning of a line. */
    public static boolean isMeant(String text) {
        return names(text, PRODUCER) || names(text, CONSUMER);
    }

    /** Whether the text has the section of those who ask. */
    public static boolean hasProducer(String text) {
        return names(text, PRODUCER);
    }

    /** Whether the text has the section of those who listen. */
    public static boolean hasConsumer(String text) {
        return names(text, CONSUMER);
    }

    private static boolean names(String text, String section) {
        return Pattern.compile("(?m)^[{\\s]{0,9}[\"']?" + section + "[\"']?\\s*:").matcher(text).find();
    }

    /** Reads {@code healthcheck-producer-config}; {@code environment} gives a variable's value, or null. */
    public static Read<Producer> producer(String fileName, byte[] bytes, Function<String, String> environment) {
        return read(fileName, bytes, environment, PRODUCER, CONSUMER,
                (entry, link) -> new Producer(link, KpWebsites.read(entry)));
    }

    /** Reads {@code healthcheck-consumer-config}; {@code environment} gives a variable's value, or null. */
    public static Read<Consumer> consumer(String fileName, byte[] bytes, Function<String, String> environment) {
        return read(fileName, bytes, environment, CONSUMER, PRODUCER, KpRoutes::read);
    }

    private static <T> Read<T> read(String fileName, byte[] bytes, Function<String, String> environment, String section,
            String other, BiFunction<Entry, KafkaLink, T> reader) {
        Faults faults = new Faults(fileName, true);
        EnvironmentTag variables = new EnvironmentTag(environment);
        String text = Syntax.text(bytes, faults);
        Node root = text == null ? null
                : TreeReader.read(Syntax.of(fileName, text), text, faults, new TreeReader.Dialect(section, variables));
        Entry file = root == null ? null : Entry.of(root, faults);
        Entry own = file == null || !variables.suffices(section, faults) ? null : section(file, section, other);
        T content = null;
        if (own != null) {
            content = reader.apply(own, KafkaLinkKeys.read(own));
            own.ends();
            file.ends();
        }
        return new Read<>(faults.count() > 0 ? null : content, faults.faults(), faults.warnings());
    }

    private static Entry section(Entry file, String section, String other) {
        file.node(other);
        if (file.node(section) == null) {
            file.faults().add(file.at(section), null, "must be given: a mapping, as this role is asked for");
        }
        return file.entry(section);
    }
}
