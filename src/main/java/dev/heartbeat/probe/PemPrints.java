package dev.heartbeat.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.heartbeat.model.WebsiteSpec.Tls;
import dev.heartbeat.transport.Trust;
import io.vertx.core.net.PemTrustOptions;

/**
 * By what is known what the files of certificates held when they were looked at? Each is read once, as late as it is asked for.
 */
final class PemPrints {
    private static final String UNREADABLE = "unreadable";

    private final List<String> ofTheProcess;
    private final Map<String, String> prints = new HashMap<>();

    PemPrints(Trust trust) {
        ofTheProcess = trust.trustOptions() instanceof PemTrustOptions pem ? pem.getCertPaths() : List.of();
    }

    /** Another one where any of the files holds something else. */
    String of(Tls tls) {
        Stream<String> authorities = tls.caCertPath() == null ? ofTheProcess.stream() : Stream.of(tls.caCertPath());
        return Stream.concat(authorities, Stream.of(tls.clientCertPath(), tls.clientKeyPath()).filter(Objects::nonNull))
                .map(path -> prints.computeIfAbsent(path, PemPrints::print)).collect(Collectors.joining(" "));
    }

    private static String print(String path) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(Path.of(path))));
        } catch (IOException e) {
            return UNREADABLE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
