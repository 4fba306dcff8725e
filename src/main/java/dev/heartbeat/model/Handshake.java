package dev.heartbeat.model;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;

/** Why do we not trust a certificate? */
public final class Handshake {
    private Handshake() {
    }

    /**
     * What is wrong with the certificate, in words; null when the failure is none of a certificate's.
     *
     * @param whose the other side, as in "the broker's"
     * @param trusted who says whom to trust: a file with its variable, or the system
     * @param address whom the certificate should be for
     */
    public static String inWords(Throwable failure, String whose, String trusted, String address) {
        Throwable invalid = find(failure, CertificateExpiredException.class, CertificateNotYetValidException.class);
        if (invalid != null) {
            return whose + " certificate is not valid today: " + Printable.text(invalid.getMessage());
        }
        if (find(failure, CertPathBuilderException.class, CertPathValidatorException.class) != null) {
            return whose + " certificate is signed by nobody whom " + trusted + " trusts";
        }
        Throwable other = find(failure, CertificateException.class);
        return other == null ? null
                : whose + " certificate is not for " + address + ": " + Printable.text(other.getMessage());
    }

    private static Throwable find(Throwable failure, Class<?>... kinds) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Throwable candidate = cause;
            if (Stream.of(kinds).anyMatch(kind -> kind.isInstance(candidate))) {
                return cause;
            }
        }
        return null;
    }
}
