package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Target;

class PageAddressTest {
    @ParameterizedTest
    @ValueSource(strings = { "plain", "a/b", "/", "100%", "%2F", "?", "#", "a b", "a+b", "ü", "日本", "🚀", ";x=1", "a&b=c",
            "\"'<>",
            "", ".", "..", "../..", "...", "\u0000", "\u202e", "a\r\nb", "~" })
    void anAddressLeadsBackToItsTarget(String name) {
        PageAddress address = new PageAddress(name, new Target(Kind.WEBSITE, name));
        assertThat(followed(address.page())).isEqualTo(address);
        assertThat(address.page()).matches("[!-~]+").doesNotContain("\"", "<", "'");
    }

    /** As a browser and the resource do it. */
    private static PageAddress followed(String link) {
        URI uri = URI.create("http://localhost/").resolve(link).normalize();
        if (uri.getRawQuery() == null) {
            return PageAddress.of(uri.getRawPath().substring(PageAddress.TARGETS.length()));
        }
        Map<String, String> query = new HashMap<>();
        for (String pair : uri.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return PageAddress.of(query.get("source"), query.get("kind"), query.get("name"));
    }

    @Test
    void aSlashThatSomebodyTypedIsPartOfTheName() {
        assertThat(PageAddress.of("zone/host/a/b+c")).isEqualTo(new PageAddress("zone", new Target(Kind.HOST, "a/b+c")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "zone", "zone/host", "zone/planet/x", "zone/host/%", "zone/host/%zz" })
    void whatIsNoAddressIsNone(String path) {
        assertThat(PageAddress.of(path)).isNull();
    }

    @Test
    void aBadgeSaysWhatIsAsked() {
        Target target = new Target(Kind.QUEUE, "in/box");
        assertThat(new PageAddress("z", target).badge("health")).isEqualTo("/badge/z/queue/in%2Fbox/health.svg");
        assertThat(new PageAddress("..", target).badge("health"))
                .isEqualTo("/badge/?source=..&kind=queue&name=in%2Fbox&what=health");
    }
}
