package dev.heartbeat.transport;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

import dev.heartbeat.model.Handshake;
import dev.heartbeat.model.Printable;

/** Why does Kafka not do what we want, in words that name the setting to look at? */
final class KafkaBroken {
    private final KafkaConfig config;

    KafkaBroken(KafkaConfig config) {
        this.config = config;
    }

    String inWords(Throwable failure) {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String words = words(cause);
            if (words != null) {
                return words;
            }
            // What wraps says less than what is wrapped.
            last = cause instanceof KafkaException || last == failure ? cause : last;
        }
        return last.getClass().getSimpleName() + ": " + Printable.text(last.getMessage());
    }

    private String words(Throwable cause) {
        if (cause instanceof LinkDownException || cause instanceof UndeliveredException
                || cause instanceof IllegalArgumentException) {
            return cause.getMessage();
        }
        if (cause instanceof UnsupportedSaslMechanismException) {
            return "the broker does not speak " + Printable.text(config.saslMechanism()) + " (KAFKA_SASL_MECHANISM): "
                    + Printable.text(cause.getMessage());
        }
        if (cause instanceof SaslAuthenticationException) {
            return "the broker refuses user " + Printable.text(config.saslUsername().orElse(""))
                    + " or the password (KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD)";
        }
        if (cause instanceof SslAuthenticationException) {
            return handshake(cause);
        }
        return cause instanceof TimeoutException ? "no answer in time: " + Printable.text(cause.getMessage()) : denied(cause);
    }

    private static String denied(Throwable cause) {
        if (cause instanceof TopicAuthorizationException topics && !topics.unauthorizedTopics().isEmpty()) {
            return "the broker does not allow us topic " + Printable.text(String.join(", ", topics.unauthorizedTopics()));
        }
        if (cause instanceof GroupAuthorizationException group) {
            return "the broker does not allow us to read as group " + Printable.text(group.groupId()) + " (KAFKA_GROUP_ID)";
        }
        return cause instanceof AuthorizationException ? "the broker does not allow it" : null;
    }

    private String handshake(Throwable failure) {
        String trusted = config.sslCaFile().map(path -> path + " (" + KafkaFaults.CA_FILE + ")").orElse("the system");
        String words = Handshake.inWords(failure, "the broker's", trusted, "this address");
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return words != null ? words : "no TLS: " + Printable.text(cause.getMessage());
    }
}
