package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Steadiness;
import dev.heartbeat.model.Target;

class BadgeTest {
    private static Document parsed(Badge badge) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(Templates.badge(badge))));
    }

    private static Badge health(Health health, Steadiness steadiness) {
        SourceState state = World.of("zone").steady("db", health, steadiness).state();
        Target target = new Target(Kind.HOST, "db");
        return Badge.health("db", new PageEntry(state, target, state.targets().get(target)));
    }

    @ParameterizedTest
    @CsvSource({ "UP, up", "DOWN, down", "STALE, stale", "UNKNOWN, unknown" })
    void saysTheHealthInAWord(Health health, String word) throws Exception {
        Document badge = parsed(health(health, Steadiness.CALM));
        assertThat(badge.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("db: " + word);
        assertThat(badge.getElementsByTagName("text").item(1).getTextContent()).isEqualTo(word);
    }

    @Test
    void saysThatItFlaps() {
        assertThat(health(Health.UP, new Steadiness(0, 21, 7, true)).value()).isEqualTo("flapping");
    }

    @Test
    void uptimeIsOfSevenDays() {
        int[] day = { 0 };
        PageHistory history = World.history(() -> ++day[0] == 80 ? 1440 : day[0] == 86 ? 144 : 0);
        assertThat(Badge.uptime("db", history).value()).isEqualTo("98.57 % in 7 d");
        assertThat(Badge.uptime("db", World.history(() -> -1)).value()).isEqualTo("no data");
    }

    @Test
    void aHostileNameIsTextAndNothingElse() throws Exception {
        String name = "<script>alert(1)</script>\"'&]]>\r\n\u001b[31m\u202e";
        Document badge = parsed(new Badge("x", "y", "#000"));
        int elements = badge.getElementsByTagName("*").getLength();
        Document hostile = parsed(Badge.latency(name, java.util.List.of()));
        assertThat(hostile.getElementsByTagName("*").getLength()).isEqualTo(elements);
        assertThat(hostile.getElementsByTagName("text").item(0).getTextContent())
                .startsWith("<script>alert(1)</script>\"'&]]>\\u000d");
    }

    @Test
    void aLongNameIsCutAndItsTextFitsIntoItsHalf() throws Exception {
        Document badge = parsed(Badge.uptime("日本".repeat(100), World.CALM));
        int half = Integer.parseInt(
                badge.getElementsByTagName("text").item(0).getAttributes().getNamedItem("textLength").getNodeValue());
        int width = Integer.parseInt(badge.getDocumentElement().getAttribute("width"));
        assertThat(badge.getElementsByTagName("text").item(0).getTextContent()).hasSize(40).endsWith("…");
        assertThat(half).isLessThan(width);
    }
}
