package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.vertx.core.json.JsonObject;

class LibrariesTest {
    private static final String DOCUMENT = """
            {"bomFormat": "CycloneDX", "metadata": {"component": {"name": "itself"}, "tools": {"components": [{"name": "tool"}]}},
             "components": [
              {"type": "library", "group": "org.b", "name": "b", "version": "2.0", "hashes": [{"alg": "MD5", "version": "x"}],
               "licenses": [{"license": {"name": "MIT"}}]},
              {"group": "org.a", "name": "a", "version": "1.0"},
              {"group": "org.b", "name": "b", "version": "1.0"},
              {"name": "alone", "version": "3", "components": [{"name": "inner", "version": "9"}]}],
             "dependencies": [{"ref": "x", "dependsOn": ["y"]}]}""";
    private final AtomicInteger reads = new AtomicInteger();

    private Libraries libraries(String document) {
        return new Libraries(() -> {
            reads.incrementAndGet();
            return document == null ? null : new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void everyArtifactHasItsVersionAndWhatItConflictsWith() throws IOException {
        assertThat(new JsonObject(libraries(DOCUMENT).ask().data()).encode()).isEqualTo(
                "{\"libraries\":{\"alone\":{\"version\":\"3\",\"conflicts\":null},"
                        + "\"org.a:a\":{\"version\":\"1.0\",\"conflicts\":null},"
                        + "\"org.b:b\":{\"version\":\"1.0\",\"conflicts\":[\"2.0\"]}}}");
    }

    /** Its {@code python} is left out on purpose: other keys may differ. */
    @Test
    void eachIsToldAsTheOriginalTellsIt() throws IOException {
        JsonObject original = new JsonObject(Files.readString(Path.of("src/test/resources/oh/environ.json")))
                .getJsonObject("libraries").getJsonObject("oarepo");
        JsonObject ours = new JsonObject(libraries(DOCUMENT).ask().data()).getJsonObject("libraries");
        assertThat(original.fieldNames()).containsExactlyInAnyOrder("version", "conflicts");
        assertThat(ours.fieldNames()).hasSize(3).allSatisfy(
                name -> assertThat(ours.getJsonObject(name).fieldNames()).isEqualTo(original.fieldNames()));
    }

    @Test
    void theDocumentIsReadOnce() throws IOException {
        Libraries libraries = libraries(DOCUMENT);
        assertThat(libraries.ask()).isSameAs(libraries.ask());
        assertThat(reads).hasValue(1);
    }

    @Test
    void withoutADocumentThereAreNone() throws IOException {
        assertThat(libraries(null).ask()).isEqualTo(EnvironProbe.Found.of(Map.of("libraries", Map.of())));
    }

    @Test
    void halfADocumentIsAFailure() {
        for (String half : List.of(DOCUMENT.substring(0, DOCUMENT.indexOf("1.0")), DOCUMENT.substring(0, 30),
                "{\"components\": [")) {
            assertThatThrownBy(() -> libraries(half).ask()).isInstanceOf(IOException.class);
        }
    }
}
