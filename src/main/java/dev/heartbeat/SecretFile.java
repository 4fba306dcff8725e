package dev.heartbeat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Which secret does a file hold? All that it says, without the line breaks at its end. */
final class SecretFile {
    /** The print of a file that holds no secret. */
    static final String NONE = "none";

    private SecretFile() {
    }

    /** @throws IllegalArgumentException when there is none, with what would be right as the end of a sentence */
    static String read(String path) {
        try {
            String secret = withoutBreaks(Files.readString(Path.of(path)));
            if (secret.isBlank()) {
                throw new IllegalArgumentException("is empty; write the secret into it");
            }
            return secret;
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("can not be read; give the path of a file that holds the secret", e);
        }
    }

    /** A blank or a tab at the end may be meant. */
    private static String withoutBreaks(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    /** The same while the program runs: a pipe says its secret once, and would be waited for, for ever. */
    static String readAgain(String path) {
        Path file = Path.of(path);
        if (Files.exists(file) && !Files.isDirectory(file) && !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "is no regular file, and was read at the start; give one that can be read again");
        }
        return read(path);
    }

    /** By which it is known whether a file holds another secret than before: a digest, or that there is none to be read. */
    static String print(String path) {
        try {
            return digest(readAgain(path));
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }

    static String digest(String secret) {
        return Rereading.digest(secret.getBytes(StandardCharsets.UTF_8));
    }
}
