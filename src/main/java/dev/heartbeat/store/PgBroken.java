package dev.heartbeat.store;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Set;

import dev.heartbeat.model.Handshake;
import dev.heartbeat.model.Printable;

/**
 * Why can a database not be used, in words that name the setting to look at?
 *
 * @param isOfSettings whether the address is what DB_HOST and its fellows say
 */
record PgBroken(PgAddress address, boolean isOfSettings) {
    private static final Set<String> LOGIN = Set.of("28P01", "28000");
    private static final String NO_DATABASE = "3D000";

    /** @param refused why its certificate was refused; null where it was not */
    String inWords(Throwable failure, CertificateException refused) {
        String certificate = refused == null ? null
                : Handshake.inWords(refused, "PostgreSQL's", address.caCertPath() == null ? "the system"
                        : address.caCertPath() + hint("DB_CA_CERT_PATH"), address.host() + hint("DB_HOST"));
        if (certificate != null) {
            return where() + certificate;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String words = words(cause);
            if (words != null) {
                return words;
            }
        }
        return where() + Printable.text(failure.getMessage());
    }

    private String words(Throwable cause) {
        if (cause instanceof IllegalStateException || cause instanceof IllegalArgumentException) {
            return Printable.text(cause.getMessage());
        }
        if (cause instanceof UnknownHostException) {
            return where() + "host " + address.host() + " is not known" + hint("DB_HOST");
        }
        if (cause instanceof ConnectException) {
            return where() + "can not be reached: " + Printable.text(cause.getMessage()) + hint("DB_HOST, DB_PORT");
        }
        if (LOGIN.contains(PgLink.code(cause))) {
            return where() + "refuses user " + address.user() + " or the password" + hint("DB_USER, DB_PASSWORD") + ": "
                    + Printable.text(cause.getMessage());
        }
        if (PgLink.code(cause).equals(NO_DATABASE)) {
            return where() + "database " + address.database() + " does not exist" + hint("DB_NAME");
        }
        return String.valueOf(cause.getMessage()).contains("does not handle SSL")
                ? where() + "speaks no TLS, and sslmode wants it" + hint("DB_SSLMODE")
                : null;
    }

    private String where() {
        return "PostgreSQL " + address + ": ";
    }

    private String hint(String variables) {
        return isOfSettings ? " (" + variables + ")" : "";
    }
}
