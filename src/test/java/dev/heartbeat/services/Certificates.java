package dev.heartbeat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A private authority that signs the certificates of a test's servers and clients, made by openssl. */
public final class Certificates {
    private static final String CA = "ca";
    private static final String NOW = "90";
    private static final String UNTIL_YESTERDAY = "-1";

    private final Path folder;
    private int count;

    /** PEM files: a certificate, its key (PKCS#8) and the authority that signed it. */
    public record Pair(Path certificate, Path key, Path authority) {
    }

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /** A new authority; two of them do not trust each other. */
    public static Certificates create() {
        try {
            Path folder = Files.createTempDirectory("heartbeat-certificates");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
            // Without the extensions that the system's own file adds.
            Files.writeString(folder.resolve("openssl.cnf"), "[req]\ndistinguished_name = dn\n[dn]\n");
            Certificates certificates = new Certificates(folder);
            certificates.openssl("req", "-x509", "-config", "openssl.cnf", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key",
                    "-out", "ca.pem", "-subj", "/CN=Test authority", "-days", NOW, "-addext",
                    "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=keyCertSign");
            return certificates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path authority() {
        return folder.resolve(CA + ".pem");
    }

    /** For a server known by these names: {@code dns:localhost}, {@code ip:127.0.0.1}. */
    public Pair server(String... names) {
        return signed(names[0].replaceFirst("^\\w+:", ""), NOW, "rsa:2048", names);
    }

    /** As {@link #server}, valid until yesterday. */
    public Pair expired(String... names) {
        return signed("expired", UNTIL_YESTERDAY, "rsa:2048", names);
    }

    public Pair client(String name) {
        return signed(name, NOW, "rsa:2048");
    }

    /** Whose key is of an elliptic curve. */
    public Pair clientOfCurve(String name) {
        return signed(name, NOW, "ec");
    }

    private synchronized Pair signed(String subject, String days, String algorithm, String... names) {
        String alias = "c" + count++;
        List<String> request = new ArrayList<>(List.of("req", "-new", "-config", "openssl.cnf", "-newkey", algorithm, "-nodes",
                "-keyout", alias + ".key", "-out", alias + ".csr", "-subj", "/CN=" + subject));
        if (algorithm.equals("ec")) {
            request.addAll(List.of("-pkeyopt", "ec_paramgen_curve:prime256v1"));
        }
        if (names.length > 0) {
            request.addAll(List.of("-addext", "subjectAltName=" + Stream.of(names).map(Certificates::typed)
                    .collect(Collectors.joining(","))));
        }
        openssl(request.toArray(String[]::new));
        openssl("x509", "-req", "-in", alias + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", days,
                "-copy_extensions", "copy", "-out", alias + ".pem");
        return new Pair(folder.resolve(alias + ".pem"), folder.resolve(alias + ".key"), authority());
    }

    /** {@code DNS:localhost} for {@code dns:localhost}; a name without a type is a host's. */
    private static String typed(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? "DNS:" + name : name.substring(0, colon).toUpperCase(Locale.ROOT) + name.substring(colon);
    }

    private void openssl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            Path log = folder.resolve("openssl.log");
            int exit = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(log.toFile()).start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("openssl: " + Files.readString(log));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
