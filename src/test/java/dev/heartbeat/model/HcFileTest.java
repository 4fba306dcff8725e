package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Do the Host Checker's lines ask for what they say? */
class HcFileTest {
    private static List<WebsiteSpec> websites(String text) {
        return websites(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<WebsiteSpec> websites(byte[] file) {
        TargetsFile.Read read = HcFile.read("producer_config", file);
        assertThat(read.faults()).isEmpty();
        return read.targets().specs(WebsiteSpec.class);
    }

    @Test
    void theSampleIsReadAsItIs() {
        List<WebsiteSpec> websites = websites(KpFileTest.sample("/hc/producer_config"));

        assertThat(websites).extracting(WebsiteSpec::name).containsExactly("https://google.com", "https://example.org",
                "https://example.com");
        assertThat(websites).extracting(website -> website.pace().interval()).containsExactly(Duration.ofMinutes(5),
                Duration.ofMinutes(1), Duration.ofMinutes(10));
        assertThat(websites).extracting(website -> String.valueOf(website.expect().body())).containsExactly("null",
                "Example Domain", "^<!doctype html>");
        assertThat(websites).extracting(WebsiteSpec::topic).containsOnlyNulls();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            https://a.example 5                  | https://a.example      | 300000 | null
            a.example 5                          | https://a.example      | 300000 | null
            a.example:8443/x 0.5                 | https://a.example:8443/x | 30000 | null
            http://u:p@a.example 1.25 x          | http://a.example       | 75000  | x
            §  a.example\t1   two  words  §      | https://a.example      | 60000  | two  words
            a.example 1 (Example Domain)         | https://a.example      | 60000  | (Example Domain)
            a.example 1 # no comment             | https://a.example      | 60000  | # no comment
            a.example 1 5 a\\sb$                  | https://a.example      | 60000  | 5 a\\sb$
            bücher.example 1 ü                   | https://bücher.example | 60000  | ü
            """)
    void aLineIsADomainMinutesAndTheRest(String line, String name, long millis, String regex) {
        assertThat(websites(line.replace("\\t", "\t"))).singleElement().satisfies(website -> {
            assertThat(website.name()).isEqualTo(name);
            assertThat(website.pace().interval()).isEqualTo(Duration.ofMillis(millis));
            assertThat(String.valueOf(website.expect().body())).isEqualTo(regex);
        });
    }

    @Test
    void emptyLinesAndCommentsSayNothing() {
        assertThat(websites("\ufeff# sites\r\n\r\na.example 5\r\n   \r\n  # more\r\nb.example 5 x\r\n"))
                .extracting(WebsiteSpec::name).containsExactly("https://a.example", "https://b.example");
    }

    @Test
    void oneDomainMayBeAskedForSeveralThings() {
        List<WebsiteSpec> websites = websites("a.example 5\na.example 5 x\na.example 1 y\n");

        assertThat(websites).extracting(WebsiteSpec::name).containsExactly("https://a.example", "https://a.example (x)",
                "https://a.example (y)");
        assertThat(websites).extracting(WebsiteSpec::url).extracting(Object::toString).containsOnly("https://a.example");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            a.example            | c:2:10: frequency: must be given: a number of minutes of more than 0 and at most 43200, such as 5 or 0.5
            a.example soon       | c:2:11: frequency: "soon" must be a number of minutes of more than 0 and at most 43200, such as 5 or 0.5
            a.example 0          | c:2:11: frequency: "0" must be a number of minutes of more than 0 and at most 43200, such as 5 or 0.5
            a.example -5         | c:2:11: frequency: "-5" must be a number of minutes of more than 0 and at most 43200, such as 5 or 0.5
            a.example 43201      | c:2:11: frequency: "43201" must be a number of minutes of more than 0 and at most 43200, such as 5 or 0.5
            a.example 1 (a       | c:2:13: regex: "(a" must be a regular expression as Python's re.search takes it: <(a>
            ftp://u:hush@a 1     | c:2:1: domain: must start with http:// or https://
            http:// 1            | c:2:1: domain: must be a valid web address: Expected authority
            a.example:99999 1    | c:2:1: domain: must have a port from 1 to 65535, or none
            """)
    void aWrongLineIsAFaultThatSaysWhere(String line, String fault) {
        assertThat(HcFile.read("c", ("ok.example 1\n" + line).getBytes(StandardCharsets.UTF_8)).faults())
                .extracting(Fault::toString).containsExactly(Complaints.in(fault));
    }

    @Test
    void theSameLineTwiceIsAFault() {
        assertThat(HcFile.read("c", "a.example 5\na.example 1".getBytes(StandardCharsets.UTF_8)).faults())
                .extracting(Fault::toString)
                .containsExactly("c:2:1: domain: \"https://a.example\" must not be given twice: it is"
                        + " the name of the website in line 1 already");
    }

    @Test
    void aFileOfNothingAndOneOfOtherBytesAreFaults() {
        assertThat(HcFile.read("c", "# nothing\n".getBytes(StandardCharsets.UTF_8)).faults()).extracting(Fault::toString)
                .containsExactly("c:1:1: must hold a line DOMAIN FREQUENCY (REGEX): nothing is watched");
        assertThat(HcFile.read("c", new byte[] { 'a', '\n', (byte) 0xff }).faults()).extracting(Fault::toString)
                .containsExactly("c:2:1: must be UTF-8");
    }
}
