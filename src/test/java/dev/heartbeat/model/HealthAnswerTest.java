package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does the answer of a health endpoint say, whoever wrote it? */
class HealthAnswerTest {
    private static final Outcome MUTE = Outcome.down(Reason.UNHEALTHY, "it says so, and not why");

    private static String golden(String name) {
        try (InputStream file = HealthAnswerTest.class.getResourceAsStream("/health/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HealthAnswer read(String json) {
        return HealthAnswer.read(json.replace('\'', '"'));
    }

    private static Outcome check(String json) {
        return read("{'status':true,'checks':{'a':" + json + "}}").checks().get("a");
    }

    private static Outcome down(String detail) {
        return Outcome.down(Reason.UNHEALTHY, detail);
    }

    @Test
    void microProfileListsItsChecks() {
        HealthAnswer answer = read(golden("microprofile-down.json"));

        assertThat(answer.overall()).isEqualTo(down("1 of 3 checks: Database connections health check"));
        assertThat(answer.checks()).containsExactly(
                entry("Database connections health check", down(
                        "<default>: Unable to execute the validation check for the default DataSource: Connection refused")),
                entry("SmallRye Reactive Messaging - readiness check", Outcome.UP), entry("disk", Outcome.UP));
    }

    @Test
    void oarepoMapsNamesToChecksWithTheirDataBesideTheStatus() {
        HealthAnswer answer = read(golden("oarepo-failing.json"));

        assertThat(answer.overall()).isEqualTo(down("1 of 1 checks: Database"));
        assertThat(answer.checks()).containsExactly(entry("Database", down("Error accessing database")));
    }

    @Test
    void springsComponentsAreChecksAndTheirPartsAreDetail() {
        HealthAnswer answer = read(golden("spring-down.json"));

        assertThat(answer.overall()).isEqualTo(down("2 of 5 checks: db, mail"));
        assertThat(answer.checks()).isEqualTo(Map.of(
                "db", down("org.postgresql.util.PSQLException: connection refused"), "diskSpace", Outcome.UP,
                "mail", down("it says OUT_OF_SERVICE: location: smtp.internal:25"), "ping", Outcome.UP,
                "upstream", Outcome.unknown(Reason.UNHEALTHY, "it says UNKNOWN")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'status':'UP'}", "{'status':'up','checks':[]}", "{'status':true,'checks':{}}",
            "{'checks':null,'status':true,'new':{'status':false}}" })
    void anAnswerWithoutChecksIsAnAnswer(String json) {
        assertThat(read(json)).isEqualTo(new HealthAnswer(Outcome.UP, Map.of()));
    }

    @Test
    void withoutAFailingCheckADownIsDownAllTheSame() {
        assertThat(read("{'status':'DOWN','checks':[]}").overall()).isEqualTo(MUTE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {'status':false,'error':'refused','time':3}                     | refused
            {'status':false,'message':'late','error':'refused'}             | refused; late
            {'status':false,'message':'same','error':'same'}                | same
            {'status':false,'time':3.5,'ok':true,'none':null,'list':[1,2]}  | time: 3.5, ok: true
            {'status':false,'data':{'error':' a\\n b\\u0007 '}}             | a b_
            {'status':'DEGRADED','error':'slow'}                            | it says DEGRADED: slow
            {'status':''}                                                   | it says
            {'status':false,'a':{'b':{'c':{'d':{'e':'too deep'}}}}}         | it says so, and not why
            """)
    void theDetailIsWhatTellsMost(String json, String detail) {
        assertThat(check(json)).isEqualTo(down(detail));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "null", "true", "'UP'", "[1,[2]]", "{'status':null}", "{'status':{'a':1},'b':2}" })
    void aCheckWithoutStatusIsNobodysWord(String json) {
        assertThat(check(json)).isEqualTo(Outcome.unknown(Reason.MISMATCH, "the answer gives no status for it"));
    }

    @Test
    void ofSeveralChecksOfOneNameTheWorstCounts() {
        HealthAnswer list = read("{'status':'UP','checks':[{'name':'a','status':'UP'},{'name':'a','status':'DOWN'},"
                + "{'name':'a','status':'UP'},{'status':'DOWN'},7]}");
        HealthAnswer map = read("{'status':true,'checks':{'a':{'status':false},'a':{'status':true}}}");

        assertThat(list.checks()).containsExactly(entry("a", MUTE));
        assertThat(map.checks()).containsExactly(entry("a", MUTE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            <html>busy</html>      | is no JSON
            {'status':'UP'         | is no JSON
            §§                     | is no JSON object
            ['UP']                 | is no JSON object
            {}                     | has no status
            {'status':{}}          | has no status
            {'status':null}        | has no status
            {'checks':{'a':true}}  | has no status
            {'status':'UP'} x      | is no JSON
            {'status':'UP'}{}      | goes on after its JSON object
            """)
    void whatIsNoHealthJsonIsSaid(String body, String words) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(IllegalArgumentException.class).hasMessage(words);
    }

    @Test
    void whatIsNestedTooDeepIsNoJson() {
        assertThatThrownBy(() -> read("{'status':true,'checks':" + "[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("is no JSON");
    }

    @Test
    void anEndlessDetailEnds() {
        assertThat(check("{'status':false,'error':'" + "x\ud83d\ude00".repeat(50_000) + "'}").detail())
                .hasSizeLessThanOrEqualTo(2_000);
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5 })
    void whateverIsMutatedIsReadOrRefused(long seed) {
        Random random = new Random(seed);
        for (String name : new String[] { "microprofile-down.json", "oarepo-failing.json", "spring-down.json" }) {
            for (int i = 0; i < 500; i++) {
                StringBuilder body = new StringBuilder(golden(name));
                for (int j = random.nextInt(3); j >= 0; j--) {
                    body.setCharAt(random.nextInt(body.length()), "{}[]\",:x0\u0000\ud83d".charAt(random.nextInt(11)));
                }
                try {
                    assertThat(HealthAnswer.read(body.toString()).overall()).isNotNull();
                } catch (IllegalArgumentException e) {
                    assertThat(e.getMessage()).isIn("is no JSON", "is no JSON object", "has no status",
                            "goes on after its JSON object");
                }
            }
        }
    }
}
