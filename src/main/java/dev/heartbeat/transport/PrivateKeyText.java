package dev.heartbeat.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which form is a private key written? Kafka's client takes PKCS#8 only; openssl used to write RSA keys as PKCS#1, and still
 * writes those of elliptic curves as SEC1 has it.
 */
final class PrivateKeyText {
    private static final String PKCS8 = "PRIVATE KEY";
    private static final String PKCS1 = "RSA PRIVATE KEY";
    private static final String SEC1 = "EC PRIVATE KEY";
    private static final String CURVE = "EC PARAMETERS";
    private static final String RIGHT = "; right would be what openssl pkcs8 -topk8 -nocrypt makes of it";
    /** What Kafka's client tries. */
    private static final List<String> ALGORITHMS = List.of("RSA", "DSA", "EC");
    private static final byte[] VERSION = { 0x02, 0x01, 0x00 };
    /** That it is an RSA key, which has no parameters, in DER. */
    private static final byte[] RSA = { 0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01,
            0x01, 0x01, 0x05, 0x00 };
    /** That it is a key of an elliptic curve, in DER; which curve follows. */
    private static final byte[] EC = { 0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01 };
    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int PARAMETERS = 0xa0;
    private static final int LINE = 64;

    private PrivateKeyText() {
    }

    /** The same key as PKCS#8; as it is where it is in none of the forms that can be turned into that. */
    static String pkcs8(String text) {
        byte[] rsa = block(text, PKCS1);
        byte[] curve = block(text, SEC1);
        try {
            return rsa != null ? wrapped(RSA, rsa)
                    : curve != null ? wrapped(tagged(SEQUENCE, joined(EC, parameters(curve, block(text, CURVE)))), curve)
                            : text;
        } catch (RuntimeException e) {
            return text;
        }
    }

    /** What is wrong with a PEM file of a private key, in words; null when Kafka's client can use it. */
    static String fault(String path) {
        String fault = Trust.keyFault(path);
        if (fault != null) {
            return fault;
        }
        try {
            String text = Files.readString(Path.of(path.strip()), StandardCharsets.ISO_8859_1);
            return isUsable(text) ? null
                    : (text.contains("ENCRYPTED") ? "is encrypted" : "holds no private key that can be understood") + RIGHT;
        } catch (IOException e) {
            return "can not be read";
        }
    }

    private static boolean isUsable(String text) {
        byte[] key = block(pkcs8(text), PKCS8);
        for (String algorithm : key == null ? List.<String> of() : ALGORITHMS) {
            try {
                KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
                return true;
            } catch (GeneralSecurityException e) {
                // Of another kind, or of none.
            }
        }
        return false;
    }

    /** Null where there is none that can be read, as when it is encrypted. */
    private static byte[] block(String text, String label) {
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]+)-----END " + label + "-----")
                .matcher(text);
        try {
            return block.find() ? Base64.getMimeDecoder().decode(block.group(1)) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String wrapped(byte[] algorithm, byte[] key) {
        byte[] whole = tagged(SEQUENCE, joined(VERSION, algorithm, tagged(OCTETS, key)));
        String base64 = Base64.getMimeEncoder(LINE, new byte[] { '\n' }).encodeToString(whole);
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    /** Which curve: the key says it behind its version and its number; or, where it does not, what stood before the key. */
    private static byte[] parameters(byte[] key, byte[] before) {
        ByteBuffer parts = content(ByteBuffer.wrap(key), SEQUENCE);
        content(parts, INTEGER);
        content(parts, OCTETS);
        boolean said = parts.hasRemaining() && Byte.toUnsignedInt(parts.get(parts.position())) == PARAMETERS;
        if (!said && before == null) {
            throw new IllegalArgumentException("a key of no known curve");
        }
        return said ? bytes(content(parts, PARAMETERS)) : before;
    }

    /** What is in the next part, which is passed by. */
    private static ByteBuffer content(ByteBuffer der, int tag) {
        if (Byte.toUnsignedInt(der.get()) != tag) {
            throw new IllegalArgumentException("something else than " + tag);
        }
        int length = Byte.toUnsignedInt(der.get());
        if (length > Byte.MAX_VALUE) {
            int digits = length & Byte.MAX_VALUE;
            length = 0;
            for (int i = 0; i < digits; i++) {
                length = length << Byte.SIZE | Byte.toUnsignedInt(der.get());
            }
        }
        ByteBuffer content = der.slice().limit(length);
        der.position(der.position() + length);
        return content;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** In DER: what it is, how long it is, itself. A key is shorter than 64 KiB. */
    private static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length <= Byte.MAX_VALUE ? new byte[] { (byte) tag, (byte) length }
                : length < 1 << Byte.SIZE ? new byte[] { (byte) tag, (byte) 0x81, (byte) length }
                        : new byte[] { (byte) tag, (byte) 0x82, (byte) (length >> Byte.SIZE), (byte) length };
        return joined(head, content);
    }
}
