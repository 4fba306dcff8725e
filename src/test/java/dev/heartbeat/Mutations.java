package dev.heartbeat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What becomes of a file by a slip of the hand, a bad merge, or half a copy? The same for the same seed. */
final class Mutations {
    /** Each of these, in every format, is a targets file that somebody was given to start from. */
    static final List<String> EXAMPLES = List.of("config/targets.yaml", "config/all-keys.yaml",
            "config/publisher_config.json", "config/healthcheck.yaml", "config/hosts.txt",
            "src/main/resources/example-targets.yaml", "src/test/resources/ph/publisher_config.json",
            "src/test/resources/ph/reference_config.json", "src/test/resources/consumers/publisher_config.json",
            "src/test/resources/consumers/reference_config.json", "src/test/resources/kp/config.yaml",
            "src/test/resources/kp/remote-services-config.yaml", "src/test/resources/hc/producer_config");
    private static final Pattern VALUE = Pattern.compile("(?<=[:,\\[-] )(?:\"[^\"\n]*\"|[^\\s,\\[\\]{}#][^\n,\\]}#]*)");
    private static final List<String> WRONG = List.of("[]", "{}", "null", "true", "-1", "1e99", "0", "\"\"", "[1, [2]]",
            "{a: b}", "99999", "(", "a{2", "*x", "&x", "!ENV ${NOBODY}", "!!int x", "|", ">", "2001-01-01", "0x1F", "é\u2028",
            "%", "@", "`", "- -");
    private static final byte[][] STRANGE = { { 0 }, { (byte) 0xff, (byte) 0xfe }, { (byte) 0xc3 }, { '\t' }, { '\r' },
            { (byte) 0xef, (byte) 0xbb, (byte) 0xbf }, { '"' }, { ':' }, { '{' }, { '\'' }, { 27, '[', '2', 'J' } };

    private Mutations() {
    }

    static byte[] of(byte[] original, long seed) {
        Random random = new Random(seed);
        byte[] mutated = original;
        for (int slip = 0; slip <= random.nextInt(3); slip++) {
            mutated = mutated.length == 0 ? original : once(mutated, random);
        }
        return mutated;
    }

    private static byte[] once(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(40, bytes.length - at));
        return switch (random.nextInt(10)) {
            case 0 -> flipped(bytes, random);
            case 1 -> join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
            case 2 -> join(Arrays.copyOf(bytes, at + length), Arrays.copyOfRange(bytes, at, bytes.length));
            case 3 -> Arrays.copyOf(bytes, at);
            case 4 -> join(Arrays.copyOf(bytes, at), STRANGE[random.nextInt(STRANGE.length)],
                    Arrays.copyOfRange(bytes, at, bytes.length));
            case 5, 6 -> wrongType(text(bytes), random);
            default -> lines(text(bytes), random);
        };
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        byte[] flipped = bytes.clone();
        flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    /** Another type where a value stands. */
    private static byte[] wrongType(String text, Random random) {
        List<MatchResult> values = VALUE.matcher(text).results().toList();
        if (values.isEmpty()) {
            return lines(text, random);
        }
        MatchResult value = values.get(random.nextInt(values.size()));
        return bytes(text.substring(0, value.start()) + WRONG.get(random.nextInt(WRONG.size())) + text.substring(value.end()));
    }

    private static byte[] lines(String text, Random random) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int one = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(5)) {
            case 0 -> lines.remove(one);
            case 1 -> lines.add(other, lines.get(one));
            case 2 -> Collections.swap(lines, one, other);
            case 3 -> lines.set(one, "  " + lines.get(one));
            default -> lines.set(one, lines.get(one).replaceFirst("^ ", ""));
        }
        return bytes(String.join("\n", lines));
    }

    /** A byte is a character, so that nothing is mended. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.replace("é\u2028", "Ã©â\u0080¨").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Stream.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
