package dev.heartbeat.probe;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

import io.netty.handler.ssl.NotSslRecordException;

/** What is wrong with a TLS peer, in words for a person? */
final class Distrust {
    private static final String ALERT = "Received fatal alert: ";

    private Distrust() {
    }

    static String inWords(Throwable failure, String where) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String words = certificate(cause, where);
            if (words != null) {
                return words;
            }
        }
        return handshake(failure, where);
    }

    private static String certificate(Throwable cause, String where) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof CertificateExpiredException) {
            return "the certificate of " + where + " has expired";
        }
        if (cause instanceof CertificateNotYetValidException) {
            return "the certificate of " + where + " is not valid yet";
        }
        if (message.startsWith("No name matching") || message.startsWith("No subject alternative")) {
            return "the certificate of " + where + " is for another name";
        }
        if (cause.getCause() == null && message.contains("unable to find valid certification path")) {
            return "the certificate of " + where + " comes from an unknown authority";
        }
        return null;
    }

    private static String handshake(Throwable failure, String where) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        int alert = message.indexOf(ALERT);
        if (root instanceof NotSslRecordException) {
            return where + " does not speak TLS";
        }
        if (alert >= 0) {
            return where + " ended the TLS handshake: " + Failures.line(message.substring(alert + ALERT.length()));
        }
        return "TLS handshake with " + where + " failed: " + Failures.line(message);
    }
}
