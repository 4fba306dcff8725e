package dev.heartbeat.transport;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Printable;

/** What does the log say of messages that were thrown away? One line now and then, however many there are. */
final class Rejections {
    private static final Logger LOG = Logger.getLogger(Rejections.class);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private long last = System.nanoTime() - BETWEEN_LINES.toNanos();
    private long silent;

    synchronized void log(byte[] body, String reason) {
        if (System.nanoTime() - last < BETWEEN_LINES.toNanos()) {
            silent++;
            return;
        }
        last = System.nanoTime();
        LOG.warnf("Rejected a message of %d bytes, SHA-256 %s: %s%s", body.length, sha256(body), Printable.text(reason),
                silent == 0 ? "" : " (and " + silent + " more since the last such line)");
        silent = 0;
    }

    static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
