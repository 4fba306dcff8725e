package dev.heartbeat.transport;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which form is a private key written? Kafka's client takes PKCS#8 only, and openssl used to write RSA keys as PKCS#1. */
final class PrivateKeyText {
    private static final Pattern PKCS1 = Pattern
            .compile("-----BEGIN RSA PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END RSA PRIVATE KEY-----");
    /** The version, and that what follows is an RSA key, in DER. */
    private static final byte[] RSA = { 0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86,
            (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00 };
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int LINE = 64;

    private PrivateKeyText() {
    }

    /** The same key as PKCS#8; as it is where it is not PKCS#1. */
    static String pkcs8(String text) {
        Matcher key = PKCS1.matcher(text);
        if (!key.find()) {
            return text;
        }
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(RSA);
        inner.writeBytes(tagged(OCTETS, Base64.getMimeDecoder().decode(key.group(1))));
        String base64 = Base64.getMimeEncoder(LINE, new byte[] { '\n' }).encodeToString(tagged(SEQUENCE, inner.toByteArray()));
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    /** In DER: what it is, how long it is, itself. A key is always longer than 127 bytes and shorter than 64 KiB. */
    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        all.write(0x82);
        all.write(content.length >> Byte.SIZE);
        all.write(content.length);
        all.writeBytes(content);
        return all.toByteArray();
    }
}
