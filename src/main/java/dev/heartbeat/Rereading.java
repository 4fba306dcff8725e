package dev.heartbeat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;

import dev.heartbeat.TargetsLocation.UnreadableException;
import dev.heartbeat.model.TargetsFile;

/**
 * How is the file read again that named the targets at the start?
 *
 * @param format reads it as it was read then
 * @param references what stands for the variables that it names
 */
record Rereading(Path path, Function<byte[], TargetsFile.Read> format, References references) {
    private static final String NOT_READABLE = "not readable: ";
    private static final int PIECE = 8192;
    private static final long MOST = (16L << 20) + 1;

    /** Null where there is no file that could say something else another time: none, a pipe, a device. */
    static Rereading of(Path path, Function<byte[], TargetsFile.Read> format, References references) {
        return path != null && Files.isRegularFile(path) ? new Rereading(path, format, references) : null;
    }

    /** Of a file that names no variables. */
    static Rereading of(Path path, Function<byte[], TargetsFile.Read> format) {
        return of(path, format, References.in(Map.of()));
    }

    /** What that content asks for; throws whatever it does to its reader. */
    TargetsFile.Read read(byte[] content) {
        references.begin();
        return format.apply(content);
    }

    /**
     * By which the content is known, or that there is none, and with it the secrets in files that the newest reading asked for.
     */
    String print() {
        String content = content();
        return isOfNothing(content) ? content : content + references.now();
    }

    /** The same, should this be the content. */
    String print(byte[] content) {
        return digest(content) + references.now();
    }

    /** By which is known what was read, when this is the content that was read last. */
    String printRead(byte[] content) {
        return digest(content) + references.found();
    }

    /** Of a large file too in little memory. */
    private String content() {
        if (!Files.isRegularFile(path)) {
            return NOT_READABLE + (Files.exists(path) ? "no file" : "nothing there");
        }
        try (InputStream in = Files.newInputStream(path)) {
            MessageDigest digest = sha256();
            byte[] piece = new byte[PIECE];
            long all = 0;
            for (int length = in.read(piece); length >= 0 && all < MOST; length = in.read(piece)) {
                digest.update(piece, 0, length);
                all += length;
            }
            return all < MOST ? HexFormat.of().formatHex(digest.digest()) : NOT_READABLE + "too large";
        } catch (IOException e) {
            return NOT_READABLE + e.getClass().getName();
        }
    }

    static String digest(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    /** Whether that is the print of what can't be read. */
    static boolean isOfNothing(String print) {
        return print.startsWith(NOT_READABLE);
    }

    /** What stands in it now; a pipe in its place would be waited for, for ever. */
    byte[] bytes() throws UnreadableException {
        if (Files.exists(path) && !Files.isDirectory(path) && !Files.isRegularFile(path)) {
            throw new UnreadableException(path + ": is no regular file any more; put a file there");
        }
        return TargetsLocation.bytes(path, "; put it back, with what shall be watched");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
