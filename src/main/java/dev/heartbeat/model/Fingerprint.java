package dev.heartbeat.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** By which few characters is the content of a targets file known? */
final class Fingerprint {
    private static final int CHARACTERS = 12;

    private Fingerprint() {
    }

    static String of(List<Spec> specs) {
        MessageDigest digest = sha256();
        specs.stream().map(Fingerprint::line).sorted()
                .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, CHARACTERS);
    }

    private static String line(Spec spec) {
        StringBuilder line = new StringBuilder();
        append(line, Section.ALL.stream().filter(section -> section.spec().isInstance(spec)).findFirst()
                .map(section -> content(section, spec)).orElseThrow());
        return line.toString();
    }

    private static <S extends Spec> List<Object> content(Section<S> section, Spec spec) {
        return List.of(section.key(), section.content(section.spec().cast(spec)));
    }

    /** Texts with their length, so that no two contents are written alike. */
    private static void append(StringBuilder line, Object content) {
        if (content == null) {
            line.append('~');
        } else if (content instanceof Collection<?> list) {
            line.append('[');
            list.forEach(item -> append(line, item));
            line.append(']');
        } else if (content instanceof Map<?, ?> map) {
            line.append('{');
            new TreeMap<>(map).forEach((key, value) -> append(line, List.of(key, value)));
            line.append('}');
        } else {
            String text = content.toString();
            line.append(text.length()).append(':').append(text);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
