package dev.heartbeat.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.heartbeat.model.Route;

/** What is a table called? As it is written: it is always quoted, so capitals and hyphens stay. */
public record TableName(String text) {
    /** PostgreSQL cuts what is longer. */
    private static final int LONGEST = 63;
    private static final int MARK = 8;

    /** Refuses what is no name of a table; the message says what would be right. */
    public TableName {
        if (!Route.isTable(text)) {
            throw new IllegalArgumentException("is no name of a table; give 1 to " + LONGEST + " letters, digits, _ or -");
        }
    }

    String quoted() {
        return '"' + text + '"';
    }

    /** The name of what belongs to the table. Two long names that differ at their ends still differ. */
    TableName with(String suffix) {
        String whole = text + suffix;
        return new TableName(whole.length() <= LONGEST ? whole
                : text.substring(0, LONGEST - MARK - 1 - suffix.length()) + "_" + digest(text).substring(0, MARK) + suffix);
    }

    /** SHA-256 in hexadecimal digits. */
    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
