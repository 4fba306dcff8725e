package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a text is, reading it gives targets or faults, and nothing else. */
class TargetsFileFuzzTest {
    private static final int DEEP = 10_000;

    @ParameterizedTest
    @ValueSource(strings = { "config/all-keys.yaml", "config/publisher_config.json",
            "src/main/resources/example-targets.yaml" })
    void aTextThatBreaksOffAnywhereIsReadOrAFault(String file) throws IOException {
        String text = Files.readString(Path.of(file));

        for (int end = 0; end < text.length(); end++) {
            readsOrComplains(file, text.substring(0, end), end % 2 == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "config/all-keys.yaml", "config/publisher_config.json" })
    void aTextWithAnyCharacterExchangedIsReadOrAFault(String file) throws IOException {
        String text = Files.readString(Path.of(file));
        String strange = "{}[]:,-\"'\\&*!|>%@#?~\n\t \u0000\u00e9\ud800<=.";
        Random random = new Random(42);

        for (int turn = 0; turn < 1000; turn++) {
            StringBuilder changed = new StringBuilder(text);
            for (int slip = 0; slip <= turn % 4; slip++) {
                changed.setCharAt(random.nextInt(text.length()), strange.charAt(random.nextInt(strange.length())));
            }
            readsOrComplains(file, changed.toString(), random.nextBoolean());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', quoteCharacter = '§', value = { "t.json [", "t.json {\"a\":", "t.yaml [", "t.yaml {a:",
            "t.yaml -·", "t.yaml {\"a\":[" })
    void nestingDeeperThanAHundredIsAFault(String file, String opening) {
        TargetsFile.Read read = TargetsFile.read(file, opening.replace('·', ' ').repeat(DEEP), false);

        assertThat(read.faults()).singleElement().extracting(Fault::message).isEqualTo("must not be nested deeper than 100");
    }

    @Test
    void nestedKeysAreAFault() {
        assertThat(TargetsFile.read("t.yaml", "? ".repeat(DEEP), false).faults()).singleElement().extracting(Fault::message)
                .isEqualTo("must be valid YAML: look at indentation, colons and quotes");
    }

    @Test
    void nestingBelowAHundredIsNone() {
        String nested = "[".repeat(90) + "]".repeat(90);

        assertThat(TargetsFile.read("t.json", "{\"x\": " + nested + ", \"heartbeat\": {}}", true).faults()).isEmpty();
    }

    @Test
    void aliasesOfAliasesAreAFaultBeforeTheyFillTheMemory() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [").append("*a").append(i - 1).append(", *a")
                    .append(i - 1)
                    .append("]\n");
        }

        assertThat(TargetsFile.read("t.yaml", bomb.toString(), true).faults()).singleElement().extracting(Fault::message)
                .isEqualTo("must hold at most 2000000 values, aliases included");
    }

    @Test
    void moreThanSixteenMebibytesAreAFault() {
        String large = " ".repeat(16 * 1024 * 1024 + 1);

        assertThat(TargetsFile.read("t.json", large, true).faults()).extracting(Fault::toString)
                .containsExactly("t.json:1:1: must be of at most 16 MiB");
    }

    @Test
    void tensOfThousandsOfTargetsAreRead() {
        StringBuilder text = new StringBuilder("heartbeat:\n  hosts:\n");
        for (int i = 0; i < 50_000; i++) {
            text.append("    - {host: h").append(i).append(", port: 1}\n");
        }

        assertThat(TargetsFile.read("t.yaml", text.toString(), false).targets().all()).hasSize(50_000);
    }

    private static void readsOrComplains(String file, String text, boolean lenient) {
        assertThatCode(() -> {
            TargetsFile.Read read = TargetsFile.read(file, text, lenient);
            assertThat(read.targets() == null).isEqualTo(!read.faults().isEmpty());
            assertThat(read.faults().toString()).doesNotContain("\n", "fasterxml", "snakeyaml", "Source");
        }).as(() -> text).doesNotThrowAnyException();
    }
}
