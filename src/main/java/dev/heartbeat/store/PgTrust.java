package dev.heartbeat.store;

import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Printable;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;

/**
 * Why is a database's certificate refused? The client only says that the handshake failed, so this says it, once for each
 * reason.
 */
final class PgTrust extends X509ExtendedTrustManager {
    private static final Logger LOG = Logger.getLogger(PgTrust.class);
    private final X509ExtendedTrustManager authorities;
    private final PgAddress address;
    private volatile String told;
    private volatile CertificateException refusal;

    private interface Question {
        void ask() throws CertificateException;
    }

    private PgTrust(X509ExtendedTrustManager authorities, PgAddress address) {
        this.authorities = authorities;
        this.address = address;
    }

    /**
     * The authorities of the address' file, or the system's.
     *
     * @throws IllegalArgumentException when the file holds none
     */
    static PgTrust of(PgAddress address, Vertx vertx) {
        String path = address.caCertPath();
        try {
            TrustManagerFactory factory = path == null ? system()
                    : new PemTrustOptions().addCertPath(path).getTrustManagerFactory(vertx);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return new PgTrust(extended, address);
                }
            }
            throw new IllegalStateException("there are none");
        } catch (Exception e) {
            throw new IllegalArgumentException("the authorities of PostgreSQL (" + (path == null ? "the system's" : path)
                    + ") can not be read: " + Printable.text(e.getMessage()), e);
        }
    }

    private static TrustManagerFactory system() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory;
    }

    /** Why the newest certificate that came was refused; null where none was. */
    CertificateException refusal() {
        return refusal;
    }

    private void told(Question question) throws CertificateException {
        try {
            question.ask();
        } catch (CertificateException e) {
            refusal = e;
            String reason = Printable.text(e.getMessage());
            if (!reason.equals(told)) {
                told = reason;
                LOG.warnf("PostgreSQL %s: its certificate is refused: %s", address, reason);
            }
            throw e;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        told(() -> authorities.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        told(() -> authorities.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("without the connection no name can be compared");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("nobody comes to us here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("nobody comes to us here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("nobody comes to us here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
