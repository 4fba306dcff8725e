package dev.heartbeat.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;

/** Which certificates does a private authority of a test give out? */
final class Certificates {
    private static final byte[] NO_NAMES = {};

    private final Path folder;
    private final KeyPair authority;

    /** Makes the authority, whose own certificate is {@code ca}. */
    Certificates(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        this.authority = keys();
        byte[] own = certificate("Authority", authority, NO_NAMES, Duration.ofDays(-1), Duration.ofDays(3_650));
        Files.writeString(folder.resolve("ca.pem"), Der.pem("CERTIFICATE", own));
    }

    /** Gives a certificate out that is valid from {@code start} to {@code end}, both from now. */
    Certificates issue(String name, Duration start, Duration end, byte[]... names)
            throws IOException, GeneralSecurityException {
        KeyPair keys = keys();
        byte[] leaf = certificate(name, keys, Der.concat(names), start, end);
        Files.writeString(folder.resolve(name + ".pem"),
                Der.pem("CERTIFICATE", leaf) + Files.readString(folder.resolve("ca.pem")));
        Files.writeString(folder.resolve(name + "-key.pem"), Der.pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        return this;
    }

    static byte[] dns(String name) {
        return Der.of(0x82, name.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] loopback() {
        return Der.of(0x87, new byte[] { 127, 0, 0, 1 });
    }

    /** The file of the certificate and its chain. */
    String certificate(String name) {
        return folder.resolve(name + ".pem").toString();
    }

    /** The file of the private key. */
    String key(String name) {
        return folder.resolve(name + "-key.pem").toString();
    }

    HttpServerOptions server(String name) {
        return new HttpServerOptions().setSsl(true).setSni(true)
                .setKeyCertOptions(new PemKeyCertOptions().addCertPath(certificate(name)).addKeyPath(key(name)));
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private byte[] certificate(String subject, KeyPair keys, byte[] names, Duration start, Duration end)
            throws GeneralSecurityException {
        Instant now = Instant.now();
        byte[] algorithm = Der.sequence(Der.oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2));
        byte[] extension = names.length == 0
                ? Der.sequence(Der.oid(0x55, 0x1D, 19), Der.of(4, Der.sequence(Der.of(1, new byte[] { -1 }))))
                : Der.sequence(Der.oid(0x55, 0x1D, 17), Der.of(4, Der.sequence(names)));
        byte[] body = Der.sequence(Der.of(0xA0, Der.of(2, new byte[] { 2 })), Der.of(2, Der.serial()), algorithm,
                Der.name("Authority"), Der.sequence(Der.time(now.plus(start)), Der.time(now.plus(end))), Der.name(subject),
                keys.getPublic().getEncoded(), Der.of(0xA3, Der.sequence(extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(authority.getPrivate());
        signature.update(body);
        return Der.sequence(body, algorithm, Der.of(3, Der.concat(new byte[1], signature.sign())));
    }

    /** How are the parts of a certificate written? */
    private static final class Der {
        private static long serials = System.nanoTime();

        static byte[] of(int tag, byte[] content) {
            int length = content.length;
            byte[] head = length < 128 ? new byte[] { (byte) tag, (byte) length }
                    : length < 256 ? new byte[] { (byte) tag, (byte) 0x81, (byte) length }
                            : new byte[] { (byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length };
            return concat(head, content);
        }

        static byte[] sequence(byte[]... parts) {
            return of(0x30, concat(parts));
        }

        static byte[] oid(int... bytes) {
            byte[] content = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                content[i] = (byte) bytes[i];
            }
            return of(6, content);
        }

        static byte[] name(String commonName) {
            byte[] text = of(12, commonName.getBytes(StandardCharsets.UTF_8));
            return sequence(of(0x31, sequence(oid(0x55, 4, 3), text)));
        }

        static byte[] time(Instant instant) {
            String digits = instant.toString().replaceAll("\\D", "").substring(2, 14);
            return of(0x17, (digits + "Z").getBytes(StandardCharsets.US_ASCII));
        }

        static synchronized byte[] serial() {
            return java.math.BigInteger.valueOf(serials++).toByteArray();
        }

        static byte[] concat(byte[]... parts) {
            java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
            for (byte[] part : parts) {
                all.writeBytes(part);
            }
            return all.toByteArray();
        }

        static String pem(String type, byte[] content) {
            return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content)
                    + "\n-----END " + type + "-----\n";
        }
    }
}
