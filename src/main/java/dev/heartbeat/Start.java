package dev.heartbeat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.heartbeat.TargetsLocation.UnreadableException;
import dev.heartbeat.model.Fault;
import dev.heartbeat.model.Targets;
import dev.heartbeat.model.TargetsFile;
import dev.heartbeat.transport.Trust;

/**
 * With what does the program start? Everything is read and checked before anything runs.
 *
 * @param from the name of the targets file; null in a subscriber
 * @param targets null in a subscriber
 * @param notes what the log should say at the start, each a warning that the user can act on
 */
record Start(Mode mode, String from, Targets targets, int port, List<String> notes) {
    static final String NO_TARGETS = "no targets file: name it in TARGETS_FILE, or PH's in PUBLISHER_CONFIG_PATH, or mount PH's at"
            + " /publisher_config.json, or put ours at config/targets.yaml in the working folder";
    private static final String PORT = "QUARKUS_HTTP_PORT";
    private static final int DEFAULT_PORT = 8080;
    private static final int MANAGEMENT_TLS = 15671;

    /** All that is wrong, a line each. */
    static final class FaultsException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient List<String> faults;

        FaultsException(List<String> faults) {
            super(String.join(System.lineSeparator(), faults));
            this.faults = List.copyOf(faults);
        }

        List<String> faults() {
            return faults;
        }
    }

    /**
     * Reads and checks the environment and the targets file, and sets the properties that follow from them.
     *
     * @throws FaultsException when something is wrong, with all of it
     */
    static Start read(Map<String, String> environment) throws FaultsException {
        List<String> faults = new ArrayList<>(Settings.check(environment, System::setProperty));
        List<String> notes = new ArrayList<>();
        Mode mode = null;
        try {
            mode = Mode.of(environment);
        } catch (IllegalArgumentException e) {
            faults.add(e.getMessage());
        }
        certificates(environment, faults, notes);
        int port = port(environment, notes);
        TargetsLocation location = mode == null ? null : TargetsLocation.find(mode, environment);
        Targets targets = mode == null || !mode.probes() ? null : targets(location, port, faults, notes);
        if (!faults.isEmpty()) {
            throw new FaultsException(faults);
        }
        notes(mode, environment, notes);
        profile(mode, environment);
        return new Start(mode, targets == null ? null : location.name(), targets, port, notes);
    }

    private static Targets targets(TargetsLocation location, int port, List<String> faults, List<String> notes) {
        if (location == null) {
            faults.add(NO_TARGETS);
            return null;
        }
        try {
            TargetsFile.Read read = location.read(port);
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

    /** The mode is the parent profile, so that dev, prod or test stays the main one. */
    private static void profile(Mode mode, Map<String, String> environment) {
        System.setProperty("quarkus.config.profile.parent", mode.word());
        boolean redis = mode == Mode.SUBSCRIBER
                || mode == Mode.STANDALONE && !environment.getOrDefault("REDIS_HOST", "").isBlank();
        System.setProperty("quarkus.redis.active", String.valueOf(redis));
    }

    private static void notes(Mode mode, Map<String, String> environment, List<String> notes) {
        Settings.unknown(environment).forEach((variable, words) -> notes.add(variable + " " + words));
        boolean tls = "true".equalsIgnoreCase(environment.getOrDefault("RABBITMQ_TLS", "").strip());
        String management = environment.getOrDefault("RABBITMQ_MANAGEMENT_PORT", "").strip();
        if (mode == Mode.PUBLISHER && !tls && management.equals(String.valueOf(MANAGEMENT_TLS))) {
            notes.add("RABBITMQ_MANAGEMENT_PORT=" + MANAGEMENT_TLS
                    + " is usually the management API's TLS port, and RABBITMQ_TLS is not true:"
                    + " if consumers show API_FAILED, set RABBITMQ_TLS=true or the port to 15672");
        }
    }

    /** Two roles on one host must both start: a port that nobody asked for gives way when it is taken. */
    private static int port(Map<String, String> environment, List<String> notes) {
        String given = System.getProperty("quarkus.http.port", environment.getOrDefault(PORT, "")).strip();
        if (!given.isEmpty()) {
            return given.matches("\\d{1,5}") ? Integer.parseInt(given) : DEFAULT_PORT;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(DEFAULT_PORT));
            return DEFAULT_PORT;
        } catch (IOException e) {
            return free(notes);
        }
    }

    private static int free(List<String> notes) {
        try (ServerSocket socket = new ServerSocket(0)) {
            int port = socket.getLocalPort();
            System.setProperty("quarkus.http.port", String.valueOf(port));
            notes.add("port " + DEFAULT_PORT + " is taken, so this one serves on " + port + "; " + PORT + " chooses another");
            return port;
        } catch (IOException e) {
            return DEFAULT_PORT;
        }
    }
}
