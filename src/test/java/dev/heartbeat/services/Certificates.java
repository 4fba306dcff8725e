package dev.heartbeat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Who vouches for a test's servers and clients? A private authority, made by the keytool of the JDK that runs. */
public final class Certificates {
    private static final String PASSWORD = "changeit";
    private static final String CA = "ca";

    private final Path folder;
    private final Path store;
    private int count;

    /** PEM files: a certificate, its key (PKCS#8) and the authority that signed it. */
    public record Pair(Path certificate, Path key, Path authority) {
    }

    private Certificates(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("store.p12");
    }

    /** A new authority; two of them do not trust each other. */
    public static Certificates create() {
        try {
            Path folder = Files.createTempDirectory("heartbeat-certificates");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
            Certificates certificates = new Certificates(folder);
            certificates.keytool(CA, "CN=Test authority", "-ext", "bc:critical=ca:true", "-ext", "ku=keyCertSign");
            certificates.write(CA);
            return certificates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path authority() {
        return folder.resolve(CA + ".pem");
    }

    /** For a server known by these names, as keytool writes them: {@code dns:localhost}, {@code ip:127.0.0.1}. */
    public Pair server(String... names) {
        return signed("CN=" + names[0].replaceFirst("^\\w+:", ""), "-ext", "san=" + String.join(",", names));
    }

    /** As {@link #server}, valid until yesterday. */
    public Pair expired(String... names) {
        return signed("CN=expired", "-ext", "san=" + String.join(",", names), "-startdate", "-10d", "-validity", "9");
    }

    public Pair client(String name) {
        return signed("CN=" + name);
    }

    /** Whose key is of an elliptic curve. */
    public Pair clientOfCurve(String name) {
        return signed("CN=" + name, "-keyalg", "EC", "-groupname", "secp256r1");
    }

    private synchronized Pair signed(String subject, String... options) {
        String alias = "c" + count++;
        List<String> all = new ArrayList<>(List.of("-signer", CA, "-signerkeypass", PASSWORD));
        all.addAll(List.of(options));
        keytool(alias, subject, all.toArray(String[]::new));
        return write(alias);
    }

    private void keytool(String alias, String subject, String... options) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", alias, "-dname", subject, "-keystore", store.toString(), "-storetype", "PKCS12",
                "-storepass", PASSWORD));
        command.addAll(List.of(options));
        if (!command.contains("-keyalg")) {
            command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048"));
        }
        try {
            Path log = folder.resolve("keytool.log");
            int exit = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("keytool: " + Files.readString(log));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Pair write(String alias) {
        try {
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            Path certificate = folder.resolve(alias + ".pem");
            Path key = folder.resolve(alias + ".key");
            Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()));
            Key secret = keys.getKey(alias, PASSWORD.toCharArray());
            Files.writeString(key, pem("PRIVATE KEY", secret.getEncoded()));
            return new Pair(certificate, key, authority());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(bytes)
                + "\n-----END " + label + "-----\n";
    }
}
