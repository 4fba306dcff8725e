package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.heartbeat.services.Browser;
import dev.heartbeat.services.Door;
import dev.heartbeat.services.Ports;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.Relay;

/** What does a person see who opens the page, and keeps it open? In a real browser, of the program as it is shipped. */
@SuppressWarnings("try")
class PageIT {
    private static final String HOSTILE = "<img src=x onerror=window.pwned=1>\\\"'{view}\\u202Egnp.exe";

    @TempDir
    Path folder;

    private final Door door = Door.open();
    private final int port = Ports.free();
    private Browser browser;
    private Program program;

    @BeforeEach
    void begin() throws IOException {
        browser = Browser.start();
        Files.writeString(folder.resolve("targets.yaml"), """
                heartbeat:
                  hosts:
                    - { name: database, host: 127.0.0.1, port: %d }
                    - { name: shut, host: 127.0.0.1, port: %d }
                    - { name: heartbeat itself, host: 127.0.0.1, port: %d }
                    - { name: "a/b 100%%2F?#", host: 127.0.0.1, port: %2$d }
                    - { name: "..", host: 127.0.0.1, port: %2$d }
                    - { name: "%s", host: 127.0.0.1, port: %2$d }
                  http:
                    - { name: portal, url: "http://127.0.0.1:%3$d/q/health/live", expect: { status: [ 404 ] } }
                    - { name: health, url: "http://127.0.0.1:%3$d/q/health/live" }
                """.formatted(door.port(), Ports.free(), port, HOSTILE));
        program = start();
        program.untilHealth("host", "database", "UP");
        program.untilHealth("website", "portal", "DOWN");
    }

    private Program start() {
        return Program.start(folder, Map.of("TARGETS_FILE", folder.resolve("targets.yaml").toString(), "PUBLISH_INTERVAL",
                "500ms", "QUARKUS_HTTP_PORT", String.valueOf(port), "HEARTBEAT_SOURCE", "zone 7/<b>west</b>"));
    }

    @AfterEach
    void end() {
        door.close();
        if (program != null) {
            program.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private String page(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    @Test
    void anOpenPageShowsThatATargetGoesDownAndComesBack() {
        browser.open(page("/")).untilText("#contact", "Live").untilText("h1", "5 down");
        browser.run("window.untouched = true; document.querySelector('[name=q]').value = 'half a wor';"
                + "document.querySelector('[name=q]').focus()");
        String iconBefore = browser.find("#icon").getDomAttribute("href");

        door.shut();
        browser.untilText("h1", "6 down").untilText("#now", "connection refused");
        assertThat(browser.text("#now .wrong")).contains("Down", "database");
        assertThat(browser.title()).startsWith("6 down");
        browser.until("it is told", () -> String.valueOf(browser.run("return document.getElementById('said').textContent"))
                .contains("host database of zone 7/<b>west</b> is down"));
        assertThat(browser.run("return document.activeElement.value")).isEqualTo("half a wor");

        door.openAgain();
        browser.untilText("h1", "5 down").untilText("#news", "was down");
        assertThat(browser.run("return window.untouched")).as("it was never reloaded").isEqualTo(true);
        assertThat(browser.find("#icon").getDomAttribute("href")).isEqualTo(iconBefore);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aPageThatLosesTheProgramSaysSoAndRecovers() {
        browser.open(page("/")).untilText("#contact", "Live").untilText("h1", "5 down");

        program.kill();
        browser.untilText("#contact", "No contact with heartbeat since");
        assertThat(browser.text("#contact")).contains("trying again");
        assertThat(browser.title()).startsWith("No contact");
        assertThat(browser.find("#icon").getDomAttribute("href")).contains("nothing.svg");

        door.shut();
        program = start();
        browser.untilText("#contact", "Live").untilText("h1", "6 down");
        assertThat(browser.title()).startsWith("6 down");
        assertThat(browser.complaints()).allMatch(line -> line.contains("net::ERR_"));
    }

    @Test
    void aPageWhoseStreamIsCutShowsWhatHappenedMeanwhile() {
        try (Relay relay = Relay.to(port, Relay.Gates::open)) {
            browser.open("http://127.0.0.1:" + relay.port() + "/").untilText("#contact", "Live").untilText("h1", "5 down");
            browser.run("window.lost = 0; new MutationObserver(() => window.lost += document.getElementById('contact')"
                    + ".textContent.startsWith('No contact')).observe(document.getElementById('contact'),"
                    + "{ childList: true, attributes: true })");

            relay.cut();
            door.shut();
            browser.until("the loss was shown", () -> (Long) browser.run("return window.lost") > 0);
            browser.untilText("#contact", "Live").untilText("h1", "6 down");
        }
    }

    @Test
    void everyTargetHasAPageWhateverItsName() {
        browser.open(page("/"));
        Object addresses = browser.run(
                "return [...document.querySelectorAll('#now .row a')].map(one => [one.href, one.textContent])");
        assertThat((Iterable<?>) addresses).hasSize(8).allSatisfy(pair -> {
            java.util.List<?> link = (java.util.List<?>) pair;
            browser.open((String) link.get(0));
            assertThat(browser.text("h1 .name")).isEqualTo(((String) link.get(1)).strip());
            browser.find("#badges summary").click();
            browser.until("the badges are drawn", () -> (Boolean) browser.run(
                    "return [...document.querySelectorAll('#badges img')].every(one => one.complete && one.naturalWidth > 20)"));
        });
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatComesFromOutsideIsNeverLive() {
        browser.open(page("/")).untilText("#contact", "Live");
        assertThat(browser.text("#now")).contains("<img src=x onerror=window.pwned=1>", "{view}\\u202egnp.exe",
                "zone 7/<b>west</b>").doesNotContain("\u202e");
        assertThat(browser.run("return document.querySelectorAll('main img, main b b, h2 b').length")).isEqualTo(0L);
        browser.run("[...document.querySelectorAll('#now .row a')].find(one => one.textContent.includes('onerror')).click()");
        browser.untilText("h1", "<img src=x").untilText("#contact", "Live");
        assertThat(browser.run("return window.pwned")).isNull();
        String badge = (String) browser.run("return document.querySelector('#badges img').src");
        browser.open(badge);
        assertThat(browser.run("return window.pwned")).isNull();
        assertThat(browser.run("return document.documentElement.tagName")).isEqualTo("svg");
        assertThat(browser.run("return document.querySelectorAll('img').length")).isEqualTo(0L);
    }

    @Test
    void timesAreInTheReadersZoneWithUtcOnHover() {
        browser.zone("Asia/Kolkata").open(page("/")).untilText("#contact", "Live");
        assertThat(browser.run("""
                const time = document.querySelector('#now time'), then = new Date(time.dateTime);
                return time.title === then.toISOString().slice(0, 19).replace('T', ' ') + ' UTC'
                    && time.textContent.includes(String(then.getMinutes()).padStart(2, '0') + ':')
                    && then.getTimezoneOffset() === -330 && !time.textContent.includes('UTC');
                """)).isEqualTo(true);
    }

    @Test
    void aSearchStandsInTheAddress() {
        browser.open(page("/"));
        browser.find("[name=q]").sendKeys("dataBASE");
        browser.find(".filter button").click();
        browser.untilText("#found-title", "1 target found");
        assertThat((String) browser.run("return location.search")).contains("q=dataBASE");
        assertThat(browser.text("#now .row a")).isEqualTo("database");
        assertThat(browser.run("return document.querySelector('[name=q]').value")).isEqualTo("dataBASE");
    }

    @Test
    void everybodyCanReadIt() {
        browser.open(page("/")).untilText("#contact", "Live");
        assertThat(browser.barriers()).as("light").isEmpty();
        browser.picture("light").dark(true).open(page("/")).untilText("#contact", "Live");
        assertThat(browser.barriers()).as("dark").isEmpty();
        browser.picture("dark").dark(false).wide(360).open(page("/")).untilText("#contact", "Live");
        assertThat(browser.barriers()).as("phone").isEmpty();
        assertThat(browser.run("return document.documentElement.scrollWidth")).as("nothing is cut off").isEqualTo(360L);
        browser.picture("phone").wide(0).open(page("/targets/zone%207%2F%3Cb%3Ewest%3C%2Fb%3E/website/portal"))
                .untilText("#contact", "Live");
        assertThat(browser.barriers()).as("target").isEmpty();
        browser.picture("target").wide(360).open(page("/targets/zone%207%2F%3Cb%3Ewest%3C%2Fb%3E/website/portal"))
                .untilText("#contact", "Live");
        assertThat(browser.barriers()).as("target on a phone").isEmpty();
        assertThat(browser.run("return document.documentElement.scrollWidth")).as("nothing is cut off").isEqualTo(360L);
        browser.picture("target-phone");
    }

    @Test
    void theKeyboardReachesTheVerdictFirst() {
        browser.open(page("/")).untilText("#contact", "Live");
        browser.run("document.body.focus()");
        browser.find("body").sendKeys(org.openqa.selenium.Keys.TAB);
        assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("Skip to the verdict");
        assertThat(browser.run("return document.activeElement.getBoundingClientRect().top >= 0")).as("it shows")
                .isEqualTo(true);
    }
}
