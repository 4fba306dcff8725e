package dev.heartbeat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Which secret does a file hold? All that it says, without the line breaks at its end. */
final class SecretFile {
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
}
