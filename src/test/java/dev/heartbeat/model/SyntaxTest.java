package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {"a": 1,}         | 1:9: must be valid JSON: expected a key in double quotes
            {"heartbeat":⏎...} | 2:1: must be valid JSON: expected a value: "text", number, true, false, null, [ or {
            {"a" 1}           | 1:6: must be valid JSON: expected a colon between key and value
            {'a': 1}          | 1:2: must be valid JSON: expected a key in double quotes
            {"a": 1⏎ "b": 2}  | 2:2: must be valid JSON: expected a comma, or the end of the list or mapping
            {"a": yes}        | 1:7: must be valid JSON: expected a value: "text", number, true, false, null, [ or {
            {"a": [1}         | 1:9: must be valid JSON: expected ]
            {"a": 1]          | 1:8: must be valid JSON: expected }
            {"a": "x⏎"}       | 1:9: must be valid JSON: a text ends in its line, and a line break in it is written \\n
            {"a": "\\d+"}     | 1:9: must be valid JSON: a backslash in a text is written \\\\
            {"a": 01}         | 1:8: must be valid JSON: look at the number, the comma or the bracket here
            {// x⏎}           | 1:2: must be valid JSON: JSON has no comments
            {"a": "x          | 1:9: must not end here: a closing }, ] or " is missing
            {⏎"a": {          | 2:7: must not end here: a closing }, ] or " is missing
            {} {}             | 1:4: must end here: a file holds one document
            """)
    void brokenJson(String text, String fault) {
        assertThat(TargetsFile.read("t.json", text.replace('⏎', '\n'), true).faults()).extracting(Fault::toString)
                .containsExactly("t.json:" + fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            a: b: c           | 1:5: must be valid YAML: look at indentation, colons and quotes (mapping values are not allowed here)
            a:⏎\t- b          | 2:1: must be valid YAML: look at indentation, colons and quotes (found character '\\t(TAB)' that cannot start any token)
            a: [1             | 1:6: must be valid YAML: look at indentation, colons and quotes (expected ',' or ']', but got <stream end>)
            a: "x             | 1:6: must be valid YAML: look at indentation, colons and quotes (found unexpected end of stream)
            a:⏎  b⏎ c: d      | 3:3: must be valid YAML: look at indentation, colons and quotes (mapping values are not allowed here)
            a: "\\d"          | 1:6: must be valid YAML: look at indentation, colons and quotes (found unknown escape character d(100))
            ? [a]⏎: b         | 1:4: must be valid YAML: look at indentation, colons and quotes
            a: !ENV x         | 1:4: a: must not have a tag (!...): values are taken as they are written
            a: *x             | 1:4: a: must be an alias of an anchor (&name) that ends before it
            a: &x [b, *x]     | 1:11: a[1]: must be an alias of an anchor (&name) that ends before it
            a: b⏎---⏎c: d     | 3:1: must end here: a file holds one document
            # nothing         | 1:1: is empty; must hold the key heartbeat
            """)
    void brokenYaml(String text, String fault) {
        assertThat(TargetsFile.read("t.yaml", text.replace('⏎', '\n'), true).faults()).extracting(Fault::toString)
                .containsExactly("t.yaml:" + fault);
    }

    @Test
    void aControlCharacterIsNamedWithItsPlace() {
        assertThat(TargetsFile.read("t.yml", "a: b\nc: \u0007", true).faults()).extracting(Fault::toString)
                .containsExactly("t.yml:2:4: must not hold the character U+0007; in double quotes it is written \\u0007");
    }

    /** Beyond the size of any buffer that a parser may have. */
    @ParameterizedTest
    @CsvSource({ "t.json, 1", "t.yaml, 1", "t.json, 1023", "t.yaml, 1023" })
    void placesAreRightFarDownInAFile(String file, int width) {
        String padding = " ".repeat(width);
        StringBuilder text = new StringBuilder("{\"heartbeat\": {\"hosts\": [\n");
        for (int i = 0; i < 300; i++) {
            text.append(padding).append("{\"host\": \"h").append(i).append("\", \"port\": 1},\n");
        }
        text.append(padding).append("{\"host\": \"last\",\n").append(padding).append("  \"port\": \"x\"}]}}");

        TargetsFile.Read read = TargetsFile.read(file, text.toString(), false);

        assertThat(read.faults()).extracting(Fault::toString).containsExactly(file + ":303:" + (width + 11)
                + ": heartbeat.hosts[300].port: \"x\" must be a whole number from 1 to 65535");
    }
}
