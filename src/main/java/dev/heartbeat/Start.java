package dev.heartbeat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import dev.heartbeat.TargetsLocation.UnreadableException;
import dev.heartbeat.model.Fault;
import dev.heartbeat.model.Route;
import dev.heartbeat.model.Targets;
import dev.heartbeat.model.TargetsFile;
import dev.heartbeat.transport.KafkaFaults;
import dev.heartbeat.transport.Trust;

/**
 * With what does the program start? Everything is read and checked before anything runs.
 *
 * @param from the name of the targets file; null in a subscriber
 * @param targets null in a subscriber
 * @param routes of topics into tables; empty where this process hears no topic
 * @param notes what the log should say at the start, each a warning that the user can act on
 * @param again how the targets are read again while it runs; null where they can not be
 */
record Start(Choice choice, String from, Targets targets, int port, List<Route> routes, List<String> notes, Rereading again) {
    static final String NO_TARGETS = "no targets file: name it in TARGETS_FILE, or PH's in PUBLISHER_CONFIG_PATH, or mount PH's at"
            + " /publisher_config.json, or put ours at config/targets.yaml in the working folder";
    private static final String SASL_PASSWORD = "KAFKA_SASL_PASSWORD";
    private static final int MANAGEMENT_TLS = 15671;

    Start {
        routes = List.copyOf(routes);
        notes = List.copyOf(notes);
    }

    /** With targets that can not be read again, or none. */
    Start(Choice choice, String from, Targets targets, int port, List<Route> routes, List<String> notes) {
        this(choice, from, targets, port, routes, notes, null);
    }

    Mode mode() {
        return choice.mode();
    }

    Transport transport() {
        return choice.transport();
    }

    /** States are kept in the first, history in all that keep any; empty in a publisher. */
    List<Store> stores() {
        return choice.stores();
    }

    /** All that is wrong, a line each. */
    static final class FaultsException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient List<String> faults;
        private final transient List<String> notes;

        FaultsException(List<String> faults, List<String> notes) {
            super(String.join(System.lineSeparator(), faults));
            this.faults = List.copyOf(faults);
            this.notes = List.copyOf(notes);
        }

        List<String> faults() {
            return faults;
        }

        /** What deserves a warning, as far as it was read. */
        List<String> notes() {
            return notes;
        }
    }

    /** Reads what the environment alone asks for. */
    static Start read(Map<String, String> environment) throws FaultsException {
        return read(Order.of(environment), System::setProperty);
    }

    /**
     * Reads and checks the settings and the files that they name; what follows from them goes to {@code properties}.
     *
     * @throws FaultsException when something is wrong, with all of it
     */
    static Start read(Order asked, BiConsumer<String, String> properties) throws FaultsException {
        Order order = Routes.read(asked);
        List<String> faults = new ArrayList<>(order.foreign().faults());
        List<String> notes = new ArrayList<>(order.foreign().notes());
        Map<String, String> environment = Aliases.resolve(order.environment(), faults);
        Settings.tell(environment, properties);
        Choice choice = check(environment, properties, faults);
        certificates(environment, faults, notes);
        int port = OwnPort.find(environment, properties, notes);
        boolean probes = choice != null && choice.mode().probes();
        Foreign read = probes ? targets(order, choice.mode(), environment, port, faults, notes) : Foreign.NONE;
        List<Route> routes = choice == null ? List.of() : Routes.of(choice, environment, order.foreign(), faults);
        if (!faults.isEmpty()) {
            throw new FaultsException(faults, notes);
        }
        notes.addAll(choice.notes(environment));
        notes(choice.mode(), environment, order.foreign().from() != null ? order.foreign().from() : read.from(), notes);
        choice.tell(properties);
        LogLevel.tell(environment, properties);
        LogFormat.tell(environment, choice.mode(), properties);
        TraceSettings.tell(environment, choice.mode(), properties);
        routes.stream().findFirst().ifPresent(first -> heard(first, properties));
        return new Start(choice, read.from(), read.targets(), port, routes, notes, read.again());
    }

    /** Adds what is wrong with the settings, each for itself and together; null when the mode is none that there is. */
    static Choice check(Map<String, String> environment, BiConsumer<String, String> properties, List<String> faults) {
        faults.addAll(Settings.check(environment, properties));
        try {
            Choice choice = Choice.of(Mode.of(environment), environment);
            faults.addAll(choice.faults());
            if (choice.transport() == Transport.KAFKA) {
                kafka(environment, faults);
            }
            return choice;
        } catch (IllegalArgumentException e) {
            faults.add(e.getMessage());
            return null;
        }
    }

    /** What was told of a variable already is told once. */
    private static void kafka(Map<String, String> environment, List<String> faults) {
        Map<String, String> known = new HashMap<>(environment);
        if (!environment.getOrDefault(SASL_PASSWORD + Settings.IN_FILE, "").isBlank()) {
            known.put(SASL_PASSWORD, "(in the file)");
        }
        List<String> told = List.copyOf(faults);
        KafkaFaults.of(known).stream()
                .filter(fault -> told.stream().noneMatch(line -> line.startsWith(fault.split("=", 2)[0] + "=")))
                .forEach(faults::add);
    }

    /** What the channel hears is the first route. */
    private static void heard(Route first, BiConsumer<String, String> properties) {
        properties.accept("kafka.topic", first.topic());
        properties.accept("kafka.group-id", first.group());
    }

    /** Those that came with the command line, else those of the file. */
    private static Foreign targets(Order order, Mode mode, Map<String, String> environment, int port, List<String> faults,
            List<String> notes) {
        if (order.foreign().from() != null) {
            return order.foreign();
        }
        TargetsLocation location = TargetsLocation.find(mode, environment);
        References references = references(order, environment);
        Targets targets = targets(location, port, references, faults, notes);
        return location == null ? Foreign.NONE
                : new Foreign(location.name(), targets, List.of(), List.of(), List.of(), location.again(references));
    }

    /** A file may name a setting by either of its names. */
    private static References references(Order order, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(order.environment());
        all.putAll(environment);
        return References.in(all);
    }

    private static Targets targets(TargetsLocation location, int port, References references, List<String> faults,
            List<String> notes) {
        if (location == null) {
            faults.add(NO_TARGETS);
            return null;
        }
        try {
            TargetsFile.Read read = location.read(port, references);
            read.faults().stream().map(Fault::toString).forEach(faults::add);
            read.warnings().stream().map(Fault::toString).forEach(notes::add);
            return read.targets();
        } catch (UnreadableException e) {
            faults.add(e.getMessage());
            return null;
        }
    }

    /** PH never looked at a file that it did not use, so without TLS a wrong one is no fault. */
    private static void certificates(Map<String, String> environment, List<String> faults, List<String> notes) {
        for (String service : List.of("RABBITMQ", "REDIS")) {
            List<String> found = "true".equalsIgnoreCase(environment.getOrDefault(service + "_TLS", "").strip()) ? faults
                    : notes;
            pem(environment, service + "_CA_CERT_PATH", Trust::certificateFault, found);
            pem(environment, service + "_CLIENT_CERT_PATH", Trust::certificateFault, found);
            pem(environment, service + "_CLIENT_KEY_PATH", Trust::keyFault, found);
        }
    }

    private static void pem(Map<String, String> environment, String variable, UnaryOperator<String> fault, List<String> found) {
        String path = environment.getOrDefault(variable, "");
        String words = path.isBlank() ? null : fault.apply(path);
        if (words != null) {
            found.add(variable + "=" + path + ": " + words + "; give the path of a PEM file");
        }
    }

    private static void notes(Mode mode, Map<String, String> environment, String file, List<String> notes) {
        Misspelt.in(environment, file).forEach((variable, words) -> notes.add(variable + " " + words));
        boolean tls = "true".equalsIgnoreCase(environment.getOrDefault("RABBITMQ_TLS", "").strip());
        String management = environment.getOrDefault("RABBITMQ_MANAGEMENT_PORT", "").strip();
        if (mode == Mode.PUBLISHER && !tls && management.equals(String.valueOf(MANAGEMENT_TLS))) {
            notes.add("RABBITMQ_MANAGEMENT_PORT=" + MANAGEMENT_TLS
                    + " is usually the management API's TLS port, and RABBITMQ_TLS is not true:"
                    + " if consumers show API_FAILED, set RABBITMQ_TLS=true or the port to 15672");
        }
    }
}
