package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyTextTest {
    private static final String RIGHT = "; right would be what openssl pkcs8 -topk8 -nocrypt makes of it";

    @TempDir
    Path folder;

    private Path openssl(String name, String... arguments) throws Exception {
        Path file = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-out", file.toString()));
        Process openssl = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        assertThat(openssl.waitFor()).as(Files.readString(folder.resolve("log"))).isZero();
        return file;
    }

    private static PrivateKey key(String algorithm, String pem) throws Exception {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(
                Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""))));
    }

    /** However much of what follows from the number is written beside it. */
    private static void assertSameKey(String pem, String other) throws Exception {
        ECPrivateKey first = (ECPrivateKey) key("EC", pem);
        ECPrivateKey second = (ECPrivateKey) key("EC", other);
        assertThat(first.getS()).isEqualTo(second.getS());
        assertThat(first.getParams().getCurve()).isEqualTo(second.getParams().getCurve());
    }

    private static List<String> faults(Path key) {
        return KafkaFaults.of(Map.of("KAFKA_SECURITY_PROTOCOL", "SSL", "KAFKA_SSL_KEY_FILE", key.toString())).stream()
                .filter(fault -> fault.startsWith("KAFKA_SSL_KEY_FILE=")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = { "prime256v1", "secp384r1", "secp521r1" })
    void aKeyOfACurveIsTheSameKeyAsPkcs8(String curve) throws Exception {
        Path key = openssl("key", "ecparam", "-name", curve, "-genkey");
        Path modern = openssl("modern", "pkcs8", "-topk8", "-nocrypt", "-in", key.toString());
        assertThat(key).content().contains("BEGIN EC PARAMETERS", "BEGIN EC PRIVATE KEY");
        String wrapped = PrivateKeyText.pkcs8(Files.readString(key));
        assertThat(wrapped).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertSameKey(wrapped, Files.readString(modern));
        assertThat(faults(key)).isEmpty();
    }

    @Test
    void theCurveMayStandInTheKeyAlone() throws Exception {
        Path key = openssl("key", "ecparam", "-name", "prime256v1", "-genkey", "-noout");
        assertThat(key).content().doesNotContain("EC PARAMETERS");
        assertThat(key("EC", PrivateKeyText.pkcs8(Files.readString(key))).getAlgorithm()).isEqualTo("EC");
    }

    /** The private number and nothing else, as SEC1 allows it. */
    @Test
    void theCurveMayStandBeforeTheKeyAlone() throws Exception {
        Path key = openssl("key", "ecparam", "-name", "prime256v1", "-genkey");
        String text = Files.readString(key);
        String[] blocks = text.split("(?=-----BEGIN EC PRIVATE KEY-----)");
        byte[] whole = Base64.getMimeDecoder().decode(blocks[1].replaceAll("-----[A-Z ]+-----", ""));
        byte[] bare = new byte[2 + 3 + 2 + 32];
        System.arraycopy(whole, 0, bare, 0, bare.length);
        bare[1] = (byte) (bare.length - 2);
        String pem = "-----BEGIN EC PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(bare)
                + "\n-----END EC PRIVATE KEY-----\n";
        assertSameKey(PrivateKeyText.pkcs8(blocks[0] + pem), PrivateKeyText.pkcs8(text));
        Path nowhere = Files.writeString(folder.resolve("nowhere"), pem);
        assertThat(faults(nowhere)).containsExactly("KAFKA_SSL_KEY_FILE=" + nowhere
                + ": holds no private key that can be understood" + RIGHT);
    }

    @Test
    void aKeyOfRsaIsTheSameKeyAsPkcs8() throws Exception {
        Path modern = openssl("modern", "genrsa");
        Path key = openssl("key", "rsa", "-traditional", "-in", modern.toString());
        assertThat(key("RSA", PrivateKeyText.pkcs8(Files.readString(key)))).isEqualTo(key("RSA", Files.readString(modern)));
        assertThat(faults(key)).isEmpty();
        assertThat(faults(modern)).isEmpty();
    }

    @Test
    void aKeyThatIsEncryptedIsSaidSoWithTheWayOut() throws Exception {
        Path plain = openssl("plain", "ecparam", "-name", "prime256v1", "-genkey");
        for (Path key : List.of(openssl("old", "ec", "-in", plain.toString(), "-aes256", "-passout", "pass:secret"),
                openssl("new", "pkcs8", "-topk8", "-in", plain.toString(), "-passout", "pass:secret"))) {
            assertThat(faults(key)).containsExactly("KAFKA_SSL_KEY_FILE=" + key + ": is encrypted" + RIGHT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" })
    void whatIsNoKeyIsSaidSoWithTheWayOut(String label) throws Exception {
        for (String content : List.of("MAA=", "MIT/////", "AAAA", "====", "hello, world")) {
            Path key = Files.writeString(folder.resolve("key"),
                    "-----BEGIN " + label + "-----\n" + content + "\n-----END " + label + "-----\n");
            assertThat(faults(key)).containsExactly("KAFKA_SSL_KEY_FILE=" + key
                    + ": holds no private key that can be understood" + RIGHT);
        }
    }
}
