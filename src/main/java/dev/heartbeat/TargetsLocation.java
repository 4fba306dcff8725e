package dev.heartbeat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.heartbeat.model.TargetsFile;

/**
 * Where does the targets file come from, and what does it say?
 *
 * @param name as a person knows it
 * @param path null for the bundled example
 * @param lenient whether the file is PH's own, in which unknown keys and duplicates are no errors
 */
record TargetsLocation(String name, Path path, boolean lenient) {
    static final String OWN = "TARGETS_FILE";
    static final String PH = "PUBLISHER_CONFIG_PATH";
    private static final Path PH_MOUNT = Path.of("/publisher_config.json");
    private static final Path IN_FOLDER = Path.of("config", "targets.yaml");
    static final String EXAMPLE_NAME = "the bundled example";
    private static final String EXAMPLE = "example-targets.yaml";
    private static final int LARGEST = 16 << 20;

    /**
     * The first that there is: {@code TARGETS_FILE}, {@code PUBLISHER_CONFIG_PATH}, {@code /publisher_config.json}, {@code
     * config/targets.yaml} in the working folder, and in standalone the bundled example; null when there is none.
     */
    static TargetsLocation find(Mode mode, Map<String, String> environment) {
        String own = environment.getOrDefault(OWN, "");
        String ph = environment.getOrDefault(PH, "");
        if (!own.isBlank()) {
            return at(Path.of(own), false);
        }
        if (!ph.isBlank()) {
            return at(Path.of(ph), true);
        }
        if (Files.exists(PH_MOUNT)) {
            return at(PH_MOUNT, true);
        }
        if (Files.exists(IN_FOLDER)) {
            return at(IN_FOLDER.toAbsolutePath(), false);
        }
        return mode == Mode.STANDALONE ? new TargetsLocation(EXAMPLE_NAME, null, false) : null;
    }

    static TargetsLocation at(Path path, boolean lenient) {
        return new TargetsLocation(path.toString(), path, lenient);
    }

    /**
     * What the file says, or all that is wrong with it.
     *
     * @param port where this process is to be found; the bundled example watches it
     * @param environment what stands for a variable that the file names; see {@link References}
     * @throws UnreadableException when the file can not be read, with the reason in words
     */
    TargetsFile.Read read(int port, UnaryOperator<String> environment) throws UnreadableException {
        return TargetsFile.read(name, bytes(port), lenient, environment);
    }

    /** How it is read again while the program runs, by the same environment; null where that would bring nothing new. */
    Rereading again(References environment) {
        return Rereading.of(path, bytes -> TargetsFile.read(name, bytes, lenient, environment), environment);
    }

    private byte[] bytes(int port) throws UnreadableException {
        if (path == null) {
            return example().replace("${port}", String.valueOf(port)).getBytes(StandardCharsets.UTF_8);
        }
        return bytes(path, "; name the targets file in " + OWN + ", or PH's in " + PH);
    }

    /**
     * What stands in a file.
     *
     * @param hint what would be right, when it can not be read
     */
    static byte[] bytes(Path path, String hint) throws UnreadableException {
        try {
            if (Files.isDirectory(path)) {
                throw new UnreadableException(path + ": is a folder; give a file");
            }
            if (Files.isReadable(path) && Files.size(path) > LARGEST) {
                throw new UnreadableException(path + ": is larger than 16 MiB");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UnreadableException(
                    path + ": can not be read (" + (Files.exists(path) ? "no permission?" : "no such file") + ")" + hint);
        }
    }

    private static String example() {
        try (InputStream stream = TargetsLocation.class.getClassLoader().getResourceAsStream(EXAMPLE)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why can the file not be read? */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }
}
