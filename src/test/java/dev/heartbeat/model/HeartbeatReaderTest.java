package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Is a message a heartbeat, and which? */
class HeartbeatReaderTest {

    private static Heartbeat read(String json) throws NotAHeartbeatException {
        return HeartbeatReader.read(Wire.bytes(json), Wire.RECEIVED);
    }

    @Test
    void phsMessageIsReadWithTheInstantsOfItsComponents() throws NotAHeartbeatException {
        Heartbeat heartbeat = HeartbeatReader.read(Wire.golden("ph-3.json"), Wire.RECEIVED);

        Instant at = Instant.parse("2026-11-20T22:19:30Z");
        assertThat(heartbeat.source()).isEqualTo("publisher");
        assertThat(heartbeat.at()).isEqualTo(at);
        assertThat(heartbeat.boot()).isNull();
        assertThat(heartbeat.interval()).isNull();
        assertThat(heartbeat.targets()).isNull();
        assertThat(heartbeat.observations()).hasSize(12).contains(
                new Observation(new Target(Kind.HOST, "sda-db"), Outcome.down(Reason.UNSTATED, null), at),
                new Observation(new Target(Kind.QUEUE, "inbox"), Outcome.UP, at),
                new Observation(new Target(Kind.CONSUMER, "sda-verify"), Outcome.down(Reason.UNSTATED, null), at));
    }

    @Test
    void phsFrozenTimestampIsNotUsed() throws NotAHeartbeatException {
        Heartbeat heartbeat = read("{'timestamp':'2001-01-01 00:00:00 UTC','hosts':["
                + "{'name':'a','status':'ok','timestamp':'2024-11-11 13:40:17 UTC'},"
                + "{'name':'b','status':'ok','timestamp':'2024-11-11 13:40:19 UTC'},"
                + "{'name':'c','status':'ok','timestamp':'2024-11-11 13:40:18 UTC'}]}");

        assertThat(heartbeat.at()).isEqualTo("2024-11-11T13:40:19Z");
    }

    @Test
    void theInstantOfAMessageCountsOnlyWhereABootSaysWhoseItIs() throws NotAHeartbeatException {
        String words = "'at':'2024-11-11T13:40:30Z','hosts':[{'name':'a','status':'ok','timestamp':'2024-11-11 13:40:17 UTC'}]}";

        assertThat(read("{" + words).at()).isEqualTo("2024-11-11T13:40:17Z");
        assertThat(read("{'boot':'b','sequence':1," + words).at()).isEqualTo("2024-11-11T13:40:30Z");
    }

    @Test
    void aComponentWithoutAnInstantWasSeenWhenItCame() throws NotAHeartbeatException {
        assertThat(read("{'hosts':[{'name':'a','status':'ok'}]}").at()).isEqualTo(Wire.RECEIVED);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'hosts':[]}", "{'rmq_consumers':{}}", "{'hosts':null,'rmq_consumers':null}",
            "{'observations':[]}",
            "{'rmq_consumers':{'queues_status':null}}" })
    void everyListIsOptionalAndMayBeEmpty(String json) throws NotAHeartbeatException {
        assertThat(read(json).observations()).isEmpty();
    }

    @Test
    void theServiceOfPhIsTheSourceUnlessASourceIsNamed() throws NotAHeartbeatException {
        assertThat(read("{'service':'one','hosts':[]}").source()).isEqualTo("one");
        assertThat(read("{'source':'two','service':'one','hosts':[]}").source()).isEqualTo("two");
        assertThat(read("{'hosts':[]}").source()).isEqualTo("publisher");
    }

    @Test
    void observationsSayMoreThanPhsListsAndWinWhateverTheOrder() throws NotAHeartbeatException {
        String ours = "'observations':[{'kind':'host','name':'a','outcome':'unknown','reason':'API_FAILED'}]";
        String phs = "'hosts':[{'name':'a','status':'not_ok','timestamp':'2024-11-11 13:40:17 UTC'}]";

        for (String json : List.of("{" + ours + "," + phs + "}", "{" + phs + "," + ours + "}")) {
            assertThat(read(json).observations()).extracting(Observation::outcome)
                    .containsExactly(Outcome.unknown(Reason.API_FAILED, null));
        }
    }

    @Test
    void theVersionAfterThisOneIsRead() throws NotAHeartbeatException {
        Heartbeat heartbeat = read("{'version':2,'new':{'a':[1,{'b':null}]},'source':'s','boot':'b','sequence':7,"
                + "'at':'2026-11-21T10:00:00Z','interval':60,'zone':[],'targets':{'host':['a'],'planet':['x'],'moon':{'y':1}},"
                + "'hosts':[{'name':'a','status':'ok','timestamp':'2026-11-21 10:00:00 UTC','more':{}}],"
                + "'rmq_consumers':{'streams_status':[{}],'queues_status':[],'services_status':[]},"
                + "'observations':[{'kind':'host','name':'a','outcome':'down','reason':'NEWLY_INVENTED','why':[[]]},"
                + "{'kind':'planet','name':'x','outcome':'eclipsed'}]}");

        assertThat(heartbeat.observations()).extracting(Observation::target, Observation::outcome)
                .containsExactly(tuple(new Target(Kind.HOST, "a"), Outcome.down(Reason.UNSTATED, null)));
        assertThat(heartbeat.targets()).containsExactly(new Target(Kind.HOST, "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'boot':'b','observations':[]}", "{'boot':'b','sequence':0,'observations':[]}",
            "{'boot':'','sequence':3,'observations':[]}", "{'boot':' ','sequence':3,'observations':[]}" })
    void aBootThatCanNotBePutInOrderIsNone(String json) throws NotAHeartbeatException {
        assertThat(read(json).boot()).isNull();
    }

    @Test
    void ofAKeyThatComesTwiceTheLastCounts() throws NotAHeartbeatException {
        assertThat(read("{'source':'a','source':'b','observations':[{'kind':'host','name':'x','outcome':'up'}],"
                + "'observations':[]}")).extracting(Heartbeat::source, heartbeat -> heartbeat.observations().size())
                .containsExactly("b", 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "|not a JSON object", "SECRET|not JSON", "''|not a JSON object",
            "[]|not a JSON object",
            "12|not a JSON object", "{'hosts':[]}{}|something follows the JSON object",
            "{}|none of hosts, rmq_consumers and observations is in it",
            "{'hosts':[{'status':'ok'}]}|a component without name", "{'hosts':[{'name':'SECRET'}]}|a component without status",
            "{'hosts':[{'name':'a','status':'SECRET'}]}|status: neither ok nor not_ok",
            "{'hosts':[{'name':'a','status':'ok','timestamp':'SECRET'}]}|timestamp: not an instant",
            "{'observations':[{'kind':'host','outcome':'up'}]}|observations: an observation without name",
            "{'observations':[{'name':'SECRET','outcome':'up'}]}|observations: an observation without kind",
            "{'observations':[{'kind':'host','name':'SECRET'}]}|observations: an observation without outcome",
            "{'observations':[{'kind':'host','name':'a','outcome':'SECRET'}]}|observations.outcome: none of up, down and unknown" })
    void whatIsNoHeartbeatIsRefusedWithItsReasonAndWithoutItsContent(String json, String reason) {
        assertThatThrownBy(() -> read(json == null ? "" : json)).isInstanceOf(NotAHeartbeatException.class).hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource({ "part, 2147483648", "parts, -1", "sequence, -1", "sequence, 9223372036854775808", "interval, -1",
            "interval, 1e400", "interval, 31622401" })
    void aNumberThatNobodyCouldMeanIsRefused(String key, String number) {
        assertThatThrownBy(() -> read("{'hosts':[],'" + key + "':" + number + "}")).hasMessage(key + ": out of range");
    }

    @ParameterizedTest
    @ValueSource(strings = { "2024-11-11 13:40:17 CET", "2024-11-31 13:40:17 UTC", "2024-11-11 24:00:00 UTC",
            "2024-11-11 1:40:17 UTC",
            "10000-11-11 13:40:17 UTC", "+12024-11-11 13:40:17 UTC", "-2024-11-11 13:40:17 UTC", " UTC", "",
            "-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z", "+99999999999-12-31T23:59:59Z",
            "0000-12-31T23:59:59Z", "0000-12-31 23:59:59 UTC", "+10000-01-01T00:00:00Z" })
    void whatIsNoInstantOrHasNoYearOfFourDigitsIsRefused(String text) {
        assertThatThrownBy(() -> read("{'hosts':[{'name':'a','status':'ok','timestamp':'" + text + "'}]}"))
                .hasMessage("timestamp: not an instant");
    }

    @ParameterizedTest
    @ValueSource(strings = { "0001-01-01 00:00:00 UTC", "9999-12-31 23:59:59 UTC", "2024-02-29 00:00:00 UTC" })
    void everyYearOfFourDigitsIsReadAndWrittenAlike(String text) {
        assertThat(PhTime.text(PhTime.parse(text))).isEqualTo(text);
    }
}
