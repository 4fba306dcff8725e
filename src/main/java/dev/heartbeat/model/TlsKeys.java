package dev.heartbeat.model;

import java.util.Arrays;
import java.util.List;

import dev.heartbeat.model.WebsiteSpec.Tls;

/** What does a website's {@code tls} say? */
final class TlsKeys {
    private TlsKeys() {
    }

    /** Meaningless once the entry has a fault. */
    static Tls read(Entry website) {
        Entry entry = website.entry("tls");
        if (entry == null) {
            return Tls.DEFAULT;
        }
        Boolean verify = entry.optional("verify", Form.FLAG, true);
        String authorities = entry.name("ca", null);
        String serverName = entry.name("server_name", null);
        String certificate = entry.name("certificate", null);
        String key = entry.name("key", null);
        if ((certificate == null) != (key == null)) {
            String lacking = certificate == null ? "certificate" : "key";
            entry.faults().add(entry.at(lacking), null, "must be given: certificate and key go together");
        }
        return entry.ends() ? new Tls(verify, authorities, serverName, certificate, key) : Tls.DEFAULT;
    }

    static List<Object> content(Tls tls) {
        return Arrays.asList(tls.verify(), tls.caCertPath(), tls.serverName(), tls.clientCertPath(), tls.clientKeyPath());
    }
}
