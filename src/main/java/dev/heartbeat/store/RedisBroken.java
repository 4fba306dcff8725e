package dev.heartbeat.store;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import dev.heartbeat.model.Handshake;
import dev.heartbeat.model.Printable;

/** Why can Redis not be used, in words that name the setting to look at? */
record RedisBroken(StoreConfig config, String address) {
    String inWords(Throwable failure) {
        String said = String.valueOf(failure.getMessage());
        if (said.startsWith("WRONGPASS") || said.startsWith("NOAUTH") || said.startsWith("ERR AUTH")) {
            return where() + "refuses user " + config.username().orElse("default") + " or the password (REDIS_USERNAME,"
                    + " REDIS_PASSWORD): " + Printable.text(said);
        }
        if (said.startsWith("ERR DB index") || said.startsWith("ERR invalid DB")) {
            return where() + "has no database " + config.db() + " (REDIS_DB)";
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String words = words(cause);
            if (words != null) {
                return where() + words;
            }
        }
        return where() + Printable.text(said);
    }

    private String words(Throwable cause) {
        if (cause instanceof SSLException) {
            String words = Handshake.inWords(cause, "Redis'",
                    config.caCertPath().map(path -> path + " (REDIS_CA_CERT_PATH)").orElse("the system"),
                    config.host() + " (REDIS_HOST)");
            return words == null ? "no TLS: " + Printable.text(cause.getMessage()) : words;
        }
        if (cause instanceof UnknownHostException) {
            return "host " + config.host() + " is not known (REDIS_HOST)";
        }
        if (cause instanceof ConnectException) {
            return "can not be reached: " + Printable.text(cause.getMessage()) + " (REDIS_HOST, REDIS_PORT)";
        }
        if (cause instanceof TimeoutException && config.tls()) {
            return Printable.text(cause.getMessage()) + " (does this port speak TLS? REDIS_TLS)";
        }
        return cause instanceof SocketException && !config.tls()
                ? "broke the connection off (does this port want REDIS_TLS=true?)"
                : null;
    }

    private String where() {
        return address + ": ";
    }
}
