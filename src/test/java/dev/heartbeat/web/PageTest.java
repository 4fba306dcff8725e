package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Speaker;
import dev.heartbeat.model.Steadiness;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Telling;
import dev.heartbeat.model.Transition;
import dev.heartbeat.store.Outbox.Entry;

class PageTest {
    private static final Steadiness FLAPPING = new Steadiness(0, 21, 7, true);

    private static PageView view(PageQuery query, World... worlds) {
        List<SourceState> states = Stream.of(worlds).map(World::state).toList();
        return new PageSurvey(states, query, state -> target -> World.CALM, World.NOW).view(List.of());
    }

    private static String page(World... worlds) {
        return Templates.page(view(PageQuery.ALL, worlds));
    }

    private static String verdict(World... worlds) {
        return view(PageQuery.ALL, worlds).verdict().words();
    }

    @Test
    void theVerdictIsInWords() {
        assertThat(verdict()).isEqualTo("Nothing heard yet");
        assertThat(verdict(World.of("a"))).isEqualTo("Nothing heard yet");
        assertThat(verdict(World.of("a").up("x"))).isEqualTo("The only target is up");
        assertThat(verdict(World.of("a").up("x").up("y"), World.of("b").up("x"))).isEqualTo("All 3 targets up");
        assertThat(verdict(World.of("a").up("x").down("y", 5, "refused"))).isEqualTo("1 down");
        assertThat(verdict(World.of("a").down("x", 5, null).down("y", 5, null).down("z", 5, null),
                World.of("b").steady("x", Health.STALE, Steadiness.CALM).silentFor(60))).isEqualTo("3 down, 1 silent source");
        assertThat(verdict(World.of("a").up("x").steady("y", Health.UP, FLAPPING)
                .steady("z", Health.UP, new Steadiness(2, 0, 0, false)))).isEqualTo("All 3 targets up, 1 flapping, 1 failing");
        assertThat(verdict(World.of("a").steady("x", Health.UNKNOWN, Steadiness.CALM)
                .steady("y", Health.STALE, Steadiness.CALM))).isEqualTo("1 unknown, 1 stale");
    }

    @Test
    void titleAndIconCarryTheVerdict() {
        assertThat(page(World.of("a").up("x").up("y"))).contains("<title>All 2 targets up – heartbeat</title>",
                "/assets/up.svg?v=");
        assertThat(page(World.of("a").up("x").down("y", 5, null))).contains("<title>1 down – heartbeat</title>",
                "href=\"/assets/down.svg?v=");
    }

    @Test
    void whoHasHeardNothingIsToldWhatToDo() {
        assertThat(page()).contains("HEARTBEAT_MODE=publisher", "/q/health/ready").doesNotContain("of 0 targets");
    }

    @Test
    void whatIsWrongComesFirstAndTheNewestOfItAtTheTop() {
        PageView view = view(PageQuery.ALL, World.of("a").up("a-up").down("old", 3600, "timeout").down("new", 5, "refused"),
                World.of("b").down("middle", 60, null).steady("shaky", Health.UP, FLAPPING));
        assertThat(view.first()).extracting(PageRow::name).containsExactly("new", "middle", "old", "shaky");
        assertThat(Templates.page(view)).containsSubsequence("<h1>3 down, 1 flapping</h1>", ">new</a>",
                "unreachable: refused", "2026-11-21T12:00:25Z", ">middle</a>", ">old</a>", ">shaky</a>",
                "flapping, held as up", "<h3>Hosts</h3>", ">a-up</a>");
    }

    @Test
    void whatIsAboutToChangeIsSaidInWords() {
        assertThat(page(World.of("a").steady("x", Health.UP, new Steadiness(2, 0, 0, false))
                .steady("y", Health.DOWN, new Steadiness(1, 0, 0, false))))
                .contains("failing: 2 observations in a row, not yet down",
                        "recovering: 1 good observation in a row, not yet up");
    }

    @Test
    void aSilentSourceIsOneLineAndNotOnePerTarget() {
        World silent = World.of("zone").silentFor(300);
        for (int i = 0; i < 50; i++) {
            silent.with(Kind.HOST, "h" + i, Health.STALE, Reason.SILENT, "no heartbeat", 300, Steadiness.CALM);
        }
        PageView view = view(PageQuery.ALL, silent);
        assertThat(view.first()).isEmpty();
        assertThat(view.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.title()).isEqualTo("Source zone is silent");
            assertThat(notice.since().iso()).isEqualTo("2026-11-21T11:55:30Z");
            assertThat(notice.words()).contains("50 of its 50 targets are stale");
        });
        assertThat(view.sources().get(0).kinds().get(0).words()).isEqualTo("0 up, 50 stale");
    }

    @Test
    void odditiesOfASourceAreShown() {
        Speaker odd = new Speaker("b", "a", Duration.ofSeconds(-400), World.NOW, World.NOW, 3, World.NOW.minusSeconds(60));
        assertThat(page(World.of("zone").up("x").speaker(odd))).contains("Two programs speak as source zone",
                "The clock of source zone is 6 min 40 s ahead of ours");
    }

    @Test
    void aSearchFindsByTextSourceKindAndHealth() {
        World one = World.of("a").up("Database").down("portal", 9, "connection refused")
                .with(Kind.QUEUE, "inbox", Health.UP, null, null, 60, Steadiness.CALM);
        World other = World.of("b").up("database 2");
        assertThat(found(PageQuery.of("dataBASE", null, null, null, null), one, other)).containsExactly("Database",
                "database 2");
        assertThat(found(PageQuery.of("refused", "", "", "", ""), one, other)).containsExactly("portal");
        assertThat(found(PageQuery.of(null, "b", null, null, null), one, other)).containsExactly("database 2");
        assertThat(found(PageQuery.of(null, null, "queue", null, null), one, other)).containsExactly("inbox");
        assertThat(found(PageQuery.of(null, null, null, "wrong", null), one, other)).containsExactly("portal");
        assertThat(found(PageQuery.of("nothing like it", null, null, null, null), one, other)).isEmpty();
        assertThat(PageQuery.of("a b", "x/y", "queue", "down", "2").href())
                .isEqualTo("/?q=a%20b&source=x%2Fy&kind=queue&health=down&page=2");
    }

    private static List<String> found(PageQuery query, World... worlds) {
        return view(query, worlds).first().stream().map(PageRow::name).toList();
    }

    @Test
    void aSearchThatFindsThousandsHasPages() {
        World world = World.of("a");
        for (int i = 0; i < 1_200; i++) {
            world.up(String.format("h%04d", i));
        }
        PageView last = view(PageQuery.of("h", null, null, null, "3"), world);
        assertThat(last.first()).hasSize(200).first().extracting(PageRow::name).isEqualTo("h1000");
        assertThat(last.previous()).isEqualTo("/?q=h&page=2");
        assertThat(last.next()).isNull();
        assertThat(view(PageQuery.of("h", null, null, null, "99"), world).first()).hasSize(200);
    }

    @Test
    void nothingFromOutsideIsLive() {
        String hostile = "<img src=x onerror=alert(1)>\"'`{view.verdict}\r\nSet-Cookie: a\u001b[31m\u202egnp\u0000&amp;";
        World world = World.of(hostile).down(hostile, 5, hostile).up("<svg onload=alert(1)>").silentFor(9);
        Entry entry = new Entry("1-1",
                new Transition(hostile, new Target(Kind.HOST, hostile), Health.UP, Health.DOWN, World.NOW,
                        Reason.MISMATCH, hostile, Duration.ofSeconds(90), Telling.NEWS));
        String html = Templates.page(new PageSurvey(List.of(world.state()), PageQuery.of(hostile, hostile, null, null, null),
                state -> target -> World.CALM, World.NOW).view(List.of(entry)))
                + Templates.page(new PageSurvey(List.of(world.state()), PageQuery.ALL, state -> target -> World.CALM, World.NOW)
                        .view(List.of(entry)));
        String shown = html.replaceAll("value=\"[^\"]*\"", "");
        assertThat(html).doesNotContain("<img", "<svg onload").contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;");
        assertThat(shown).contains("\\u001b[31m\\u202egnp").doesNotContain("\u001b", "\u202e", "\u0000", "\r");
    }

    @Test
    void theContentSecurityPolicyFindsNothingToForbid() {
        String html = page(World.of("a").up("x").down("y", 5, "refused"))
                + Templates.target(TargetPageTest.view(World.of("a").up("x"), "x"));
        assertThat(html).doesNotContain(" style=", "<style", "javascript:", "http://", "https://")
                .doesNotContainPattern(" on[a-z]+=").doesNotContainPattern("<script(?! src=\"/assets/)");
    }

    @Test
    void aThousandTargetsOfWhichATenthFlapWeighLessThanHalfAMegabyte() {
        String html = Templates.page(thousand());
        int bytes = html.getBytes(StandardCharsets.UTF_8).length;
        System.out.printf("page of 1,000 targets, 100 flapping: %,d bytes%n", bytes);
        assertThat(html.split("<li class=\"row")).hasSizeGreaterThan(1_000);
        assertThat(bytes).isLessThan(500_000);
    }

    /** A tenth of them flaps, and has done so for 90 days. */
    static PageView thousand() {
        World world = World.of("zone-7");
        for (int i = 0; i < 1_000; i++) {
            String name = "service-" + i + ".internal";
            if (i % 10 == 0) {
                world.steady(name, i % 20 == 0 ? Health.UP : Health.DOWN, FLAPPING);
            } else {
                world.with(Kind.values()[i % 4], name, Health.UP, null, null, 86_400, Steadiness.CALM);
            }
        }
        Random random = new Random(7);
        List<Entry> news = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            news.add(new Entry("1795259836145-" + i,
                    new Transition("zone-7", new Target(Kind.HOST, "service-" + i * 10 + ".internal"),
                            Health.UP, Health.DOWN, World.NOW.minusSeconds(i), Reason.TIMED_OUT, "no answer within 5 s",
                            Duration.ofMinutes(i), Telling.NEWS)));
        }
        return new PageSurvey(List.of(world.state()), PageQuery.ALL,
                state -> target -> state.targets().get(target).steadiness().flapping()
                        ? World.history(() -> random.nextBoolean() ? random.nextInt(1440) : 0)
                        : World.CALM,
                World.NOW).view(news);
    }

    @Test
    void tenThousandTargetsFitOnAPageWithTheWayToTheRest() {
        List<World> worlds = new ArrayList<>();
        for (int source = 0; source < 5; source++) {
            World world = World.of("zone-" + source);
            for (int i = 0; i < 2_000; i++) {
                if (i % 4 == 0) {
                    world.down("host-" + i, i, "connection refused by 10.0.0." + i);
                } else {
                    world.with(Kind.values()[i % 4], "service-" + i, Health.UP, null, null, 60, Steadiness.CALM);
                }
            }
            worlds.add(world);
        }
        PageView view = view(PageQuery.ALL, worlds.toArray(World[]::new));
        String html = Templates.page(view);
        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(500_000);
        assertThat(view.verdict().words()).isEqualTo("2,500 down");
        assertThat(view.first()).hasSize(PageSurvey.MOST_WRONG);
        assertThat(html).contains("<a href=\"/?health=wrong\">2,300 more</a>",
                "<a href=\"/?source=zone-0&amp;kind=website\">Show all 500</a>");
        assertThat(view.sources()).hasSize(5).allSatisfy(source -> assertThat(source.kinds()).hasSize(3));
    }

    @Test
    void theSamePageIsTheSameForAMinute() {
        World world = World.of("a").up("x");
        PageView now = view(PageQuery.ALL, world);
        PageView later = new PageSurvey(List.of(world.state()), PageQuery.ALL, state -> target -> World.CALM,
                World.NOW.plusSeconds(20)).view(List.of());
        assertThat(PagePress.Sheet.html(200, Templates.page(later)).tag())
                .isEqualTo(PagePress.Sheet.html(200, Templates.page(now)).tag());
        assertThat(PagePress.Sheet.html(200, page(world.up("y"))).tag())
                .isNotEqualTo(PagePress.Sheet.html(200, Templates.page(now)).tag());
    }

    @Test
    void theAssetsTogetherWeighLessThanSixtyKilobytes() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/META-INF/resources"))) {
            assertThat(files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum()).isBetween(1L,
                    60_000L);
        }
    }
}
