package dev.heartbeat.probe;

import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.http.HttpClosedException;

/** What does a failed check say of its target? Details are the same in every round, and never hold a secret. */
final class Failures {
    private static final int LONGEST = 200;
    private static final int DEEPEST = 12;

    private Failures() {
    }

    static Outcome outcome(Throwable failure) {
        return outcome(failure, null);
    }

    /** @param where the address that was asked, for the detail; null where nobody knows */
    static Outcome outcome(Throwable failure, String where) {
        Outcome known = search(failure, where);
        return known == null ? Outcome.down(Reason.PROBE_FAILED, inWords(failure)) : known;
    }

    private static Outcome search(Throwable failure, String where) {
        String place = where;
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
            boolean tag = cause instanceof FailedAt;
            place = tag ? cause.getMessage() : place;
            Outcome known = tag ? null : known(cause, place);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    /** Whether it was for want of something of our own: nothing was asked, and nothing is known of the target. */
    static boolean isOurs(Throwable failure) {
        Outcome outcome = outcome(failure);
        return outcome.reason() == Reason.NOT_ASKED;
    }

    private static Outcome known(Throwable cause, String where) {
        Outcome ours = ours(cause);
        if (ours != null) {
            return ours;
        }
        if (isTimeout(cause)) {
            return Outcome.down(Reason.TIMED_OUT, where == null ? "no answer in time" : "no answer in time from " + where);
        }
        if (cause instanceof UnknownHostException) {
            return Outcome.down(Reason.UNRESOLVED, line(cause.getMessage()));
        }
        if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
            // A handshake also fails because the connection ended or nothing came.
            Outcome deeper = search(cause.getCause(), where);
            return deeper != null ? deeper
                    : Outcome.down(Reason.UNTRUSTED, Distrust.inWords(cause, where == null ? "the server" : where));
        }
        if (cause instanceof ProtocolException) {
            return Outcome.down(Reason.REJECTED, line(cause.getMessage()));
        }
        return unreachable(cause, where == null ? "the target" : where);
    }

    private static Outcome ours(Throwable cause) {
        if (cause instanceof NoRoomException) {
            return Outcome.unknown(Reason.NOT_ASKED, cause.getMessage());
        }
        if (cause instanceof IOException && says(cause, "Too many open files")) {
            return Outcome.unknown(Reason.NOT_ASKED, "not asked: too many open files; raise ulimit -n");
        }
        if (cause instanceof BindException && says(cause, "Cannot assign requested address")) {
            return Outcome.unknown(Reason.NOT_ASKED, "not asked: no local address or port is left to connect from");
        }
        return null;
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof TimeoutException || cause instanceof io.smallrye.mutiny.TimeoutException
                || cause instanceof SocketTimeoutException || cause instanceof ConnectTimeoutException
                || cause instanceof SslHandshakeTimeoutException
                || cause instanceof ConnectException && says(cause, "timed out");
    }

    private static Outcome unreachable(Throwable cause, String where) {
        if (cause instanceof ConnectException && says(cause, "refused")) {
            return Outcome.down(Reason.UNREACHABLE, "connection refused by " + where);
        }
        if (cause instanceof NoRouteToHostException || says(cause, "unreachable")) {
            return Outcome.down(Reason.UNREACHABLE, "no route to " + where);
        }
        boolean ended = cause instanceof ClosedChannelException || cause instanceof HttpClosedException
                || cause instanceof EOFException || cause instanceof IOException
                        && (says(cause, "reset") || says(cause, "Broken pipe"));
        if (ended) {
            return Outcome.down(Reason.UNREACHABLE, "connection closed early by " + where);
        }
        return cause instanceof SocketException
                ? Outcome.down(Reason.UNREACHABLE, "cannot connect to " + where + ": " + line(cause.getMessage()))
                : null;
    }

    private static boolean says(Throwable cause, String words) {
        return cause.getMessage() != null && cause.getMessage().contains(words);
    }

    private static String inWords(Throwable failure) {
        Throwable root = failure;
        while (root instanceof FailedAt) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + line(root.getMessage()));
    }

    /** One line of bounded length, without the user and password that a URL may hold. */
    static String line(String words) {
        String one = words == null ? "" : words.replaceAll("\\s+", " ").strip().replaceAll("//[^/@\\s]*@", "//");
        return one.length() <= LONGEST ? one : one.substring(0, LONGEST) + "…";
    }
}
