package dev.heartbeat.transport;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.MissedHeartbeatException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;

import dev.heartbeat.model.Handshake;
import dev.heartbeat.model.Printable;

/** Why is a link down, in words that name the setting to look at? */
final class Broken {
    private static final int NOT_ALLOWED = 530;
    private static final String BROKEN_OFF = " broke the connection off";

    private final RabbitConfig config;
    private final RabbitAddress address;

    Broken(RabbitConfig config) {
        this.config = config;
        this.address = RabbitAddress.of(config);
    }

    /** While it was being made; a port of another kind is then likelier than a broker that went away. */
    String atTheStart(Throwable failure) {
        String words = inWords(failure);
        return words.endsWith(BROKEN_OFF) && !address.tls() ? words + " (does this port want RABBITMQ_TLS=true?)" : words;
    }

    String inWords(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String words = words(cause);
            if (words != null) {
                return words;
            }
        }
        return failure.getClass().getSimpleName() + ": " + Printable.text(failure.getMessage());
    }

    private String words(Throwable cause) {
        if (cause instanceof LinkDownException || cause instanceof IllegalArgumentException) {
            return cause.getMessage();
        }
        if (cause instanceof PossibleAuthenticationFailureException) {
            return "the broker refuses user " + Printable.text(config.user())
                    + " or the password (RABBITMQ_USER, RABBITMQ_PASS)";
        }
        if (cause instanceof ShutdownSignalException shutdown) {
            return closed(shutdown);
        }
        return cause instanceof SSLException ? handshake(cause) : unreachable(cause);
    }

    private String closed(ShutdownSignalException shutdown) {
        if (shutdown.getReason() instanceof AMQP.Connection.Close close) {
            return close.getReplyCode() == NOT_ALLOWED
                    ? "vhost " + Printable.text(config.vhost()) + " does not exist, or user " + Printable.text(config.user())
                            + " may not enter it (RABBITMQ_VHOST)"
                    : "closed by the broker: " + Printable.text(close.getReplyText());
        }
        if (shutdown.getReason() instanceof AMQP.Channel.Close close) {
            return "channel closed by the broker: " + Printable.text(close.getReplyText());
        }
        return shutdown.getCause() == null ? "the connection was closed" : null;
    }

    private String handshake(Throwable failure) {
        String trusted = config.caCertPath().map(path -> path + " (RABBITMQ_CA_CERT_PATH)").orElse("the system");
        String words = Handshake.inWords(failure, "the broker's", trusted, address.host() + " (RABBITMQ_HOST)");
        return words != null ? words : "no TLS with " + address + ": " + Printable.text(failure.getMessage());
    }

    private String unreachable(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "host " + address.host() + " is not known (RABBITMQ_HOST)";
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return address + " can not be reached: " + Printable.text(cause.getMessage());
        }
        if (cause instanceof SocketTimeoutException || cause instanceof TimeoutException) {
            return address + " does not answer in time";
        }
        if (cause instanceof MissedHeartbeatException) {
            return "the broker has fallen silent";
        }
        if (cause instanceof EOFException || cause instanceof SocketException) {
            return address + BROKEN_OFF;
        }
        return null;
    }
}
