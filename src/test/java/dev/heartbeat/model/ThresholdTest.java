package dev.heartbeat.model;

import static dev.heartbeat.model.Health.DOWN;
import static dev.heartbeat.model.Health.STALE;
import static dev.heartbeat.model.Health.UNKNOWN;
import static dev.heartbeat.model.Health.UP;
import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.host;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;
import static dev.heartbeat.model.Saying.unknown;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many observations does it take to change a health? */
class ThresholdTest {
    private final Story story = new Story().judging("3", "2", "off");

    /** A word a letter: u(p), d(own), ?(unknown), and for s(ilence) a pause that is judged. */
    private String healths(String words) {
        StringBuilder healths = new StringBuilder();
        double now = 0;
        for (int i = 0; i < words.length(); i++) {
            now += 10;
            switch (words.charAt(i)) {
                case 'u' -> story.hears(ours("a", i + 1, now, up("db")));
                case 'd' -> story.hears(ours("a", i + 1, now, down("db")));
                case '?' -> story.hears(ours("a", i + 1, now, unknown("db"))).isJudgedAt(now);
                default -> story.isJudgedAt(now += 100);
            }
            healths.append(story.health("db").name().charAt(1));
        }
        return healths.toString();
    }

    /** Of a health its second letter: P for UP, O for DOWN, T for STALE, N for UNKNOWN. */
    @ParameterizedTest
    @CsvSource({ "uddd, PPPO", "uddu, PPPP", "udduddu, PPPPPPP", "uddudddu, PPPPPPOO", "d, O", "duu, OOP", "dudu, OOOO",
            "duduu, OOOOP", "uddddd, PPPOOO", "ud?dd, PPPPO", "ud??d, PPPPP", "ud?u, PPPP", "du?u, OOOP", "?d, NO",
            "u?????d, PPPPPNO", "us, PT", "usd, PTO", "udsd, PPTO", "uddsud, PPPTPP", "dsu, OTP", "us?d, PTNO", "dus?, OOTN",
            "uddsuddd, PPPTPPPO" })
    void contraryOutcomesInARowChangeAnEstablishedHealth(String words, String healths) {
        assertThat(healths(words)).isEqualTo(healths);
    }

    /** Nobody looks at more than this to know what a history ends in: the newest run of equal words, and the health before. */
    @ParameterizedTest
    @CsvSource({ "uuddd", "dduud", "udududdd", "duuduudd" })
    void healthIsSinceTheObservationThatDecidedIt(String words) {
        String healths = healths(words);

        int decided = healths.lastIndexOf(healths.charAt(words.length() - 1) == 'P' ? "OP" : "PO") + 1;
        assertThat(story.of("db").since()).isEqualTo(at((decided + 1) * 10));
    }

    @Test
    void whileFailuresAreTooFewTheHealthIsHeldAndTheReasonIsShown() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, down("db")), ours("a", 3, 20, down("db")));

        TargetState db = story.of("db");
        assertThat(db.health()).isEqualTo(UP);
        assertThat(db.since()).isEqualTo(at(0));
        assertThat(db.steadiness().streak()).isEqualTo(2);
        assertThat(db.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(db.detail()).isEqualTo("refused");
        assertThat(story.news()).isEmpty();
    }

    @Test
    void itWasLastSeenUpBeforeTheFailuresAndDownAtTheNewest() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, up("db")), ours("a", 3, 20, down("db")),
                ours("a", 4, 30, down("db")));

        assertThat(story.state().lastUp(story.of("db"))).isEqualTo(at(10));
        assertThat(story.state().lastDown(story.of("db"))).isEqualTo(at(30));
    }

    @Test
    void whileSuccessesAreTooFewItIsDownForItsOldReason() {
        story.hears(ours("a", 1, 0, down("db")), ours("a", 2, 10, down("db")), ours("a", 3, 20, up("db")));

        TargetState db = story.of("db");
        assertThat(db.health()).isEqualTo(DOWN);
        assertThat(db.detail()).isEqualTo("refused");
        assertThat(db.steadiness().streak()).isEqualTo(1);
        assertThat(story.state().lastUp(db)).isEqualTo(at(20));
        assertThat(story.state().lastDown(db)).isEqualTo(at(10));
    }

    @Test
    void aSuccessThatCallsTheFailuresOffIsUpWithoutReason() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, down("db")), ours("a", 3, 20, up("db")));

        assertThat(story.of("db").reason()).isNull();
        assertThat(story.of("db").detail()).isNull();
        assertThat(story.of("db").steadiness().streak()).isZero();
        assertThat(story.state().lastUp(story.of("db"))).isEqualTo(at(20));
        assertThat(story.state().lastDown(story.of("db"))).isEqualTo(at(10));
    }

    @Test
    void phsKeysFollowTheJudgedHealth() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, down("db")));
        assertThat(shown()).isEqualTo(new Shown(true, at(0)));

        story.hears(ours("a", 3, 20, down("db")), ours("a", 4, 30, down("db")));
        assertThat(shown()).isEqualTo(new Shown(false, at(30)));
    }

    private Shown shown() {
        return Projection.of(story.state()).shown(PhKey.of(host("db")));
    }

    @Test
    void theTransitionIsThatOfTheLastNeededObservation() {
        story.hears(ours("a", 1, 0, up("db"), up("web"), up("x")), ours("a", 2, 10, down("db"), up("web"), up("x")),
                ours("a", 3, 20, down("db"), up("web"), up("x")), ours("a", 4, 30, down("db"), up("web"), up("x")));

        assertThat(story.transitions()).containsExactly(new Transition("publisher", host("db"), UP, DOWN, at(30),
                Reason.UNREACHABLE, "refused", Duration.ofSeconds(30), Telling.NEWS));
    }

    @Test
    void aRestartInMidStreakGoesOnCounting() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, down("db")), ours("a", 3, 20, down("db"))).isReadAgain();

        story.hears(ours("a", 4, 30, down("db")));

        assertThat(story.health("db")).isEqualTo(DOWN);
    }

    @Test
    void aNewBootOfThePublisherGoesOnCounting() {
        story.hears(ours("a", 7, 0, up("db")), ours("a", 8, 10, down("db")), ours("b", 1, 20, down("db")));
        assertThat(story.health("db")).isEqualTo(UP);

        story.hears(ours("b", 2, 30, down("db")));
        assertThat(story.health("db")).isEqualTo(DOWN);
    }

    @Test
    void aRepeatIsNotCounted() {
        Saying failure = ours("a", 2, 10, down("db"));
        story.hears(ours("a", 1, 0, up("db")), failure, failure, failure.receivedAt(12), failure.receivedAt(15));

        assertThat(story.health("db")).isEqualTo(UP);
        assertThat(story.of("db").steadiness().streak()).isEqualTo(1);
    }

    @Test
    void aRepeatedBodyOfPhIsNotCounted() {
        Saying failure = ph(10, down("db"));
        story.hears(ph(0, up("db")), failure, failure.receivedAt(11), failure.receivedAt(15));

        assertThat(story.of("db").steadiness().streak()).isEqualTo(1);
    }

    @Test
    void whatCameLateIsNotCounted() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 4, 30, down("db")), ours("a", 2, 10, down("db")).receivedAt(31),
                ours("a", 3, 20, up("db")).receivedAt(32));

        assertThat(story.health("db")).isEqualTo(UP);
        assertThat(story.of("db").steadiness().streak()).isEqualTo(1);
    }

    @Test
    void lostHeartbeatsAreAGapInWhichNothingIsCounted() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, down("db")), ours("a", 6, 25, down("db")));
        assertThat(story.health("db")).isEqualTo(UP);

        story.hears(ours("a", 9, 50, down("db")));
        assertThat(story.health("db")).isEqualTo(DOWN);
    }

    @ParameterizedTest
    @CsvSource({ "3600", "-3600", "-20" })
    void aClockThatJumpsCountsNothingTwice(double jump) {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, down("db")),
                ours("a", 3, 20, down("db")).byClockAhead(jump));
        assertThat(story.health("db")).isIn(UP, STALE);

        for (int i = 4; i < 8; i++) {
            story.hears(ours("a", i, i * 10, down("db")).byClockAhead(jump));
        }
        assertThat(story.health("db")).isEqualTo(DOWN);
        assertThat(story.news()).doesNotHaveDuplicates();
    }

    @Test
    void aTargetThatMovesToAnotherGroupGoesOnCounting() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, down("db")), ours("a", 3, 20, down("db")));

        story.hears(ours("b", 1, 30, down("db")).every(5));

        assertThat(story.health("db")).isEqualTo(DOWN);
    }

    @Test
    void whoIsLeftOutGoesOnCountingWhenItIsBack() {
        story.hears(ours("a", 1, 0, up("db"), up("web")), ours("a", 2, 10, down("db"), up("web")), ours("a", 3, 20, up("web")),
                ours("a", 4, 30, down("db"), up("web")));
        assertThat(story.of("db").steadiness().streak()).isEqualTo(2);

        story.hears(ours("a", 5, 40, down("db"), up("web")));
        assertThat(story.health("db")).isEqualTo(DOWN);
        assertThat(story.state().lastUp(story.of("db"))).isEqualTo(at(0));
    }

    @Test
    void aHealthThatPhsKeysToldOfIsEstablished() {
        story.adopts(new PhKey(false, "db"), 5.0, null).hears(ph(60, down("db")), ph(120, down("db")));
        assertThat(story.health("db")).isEqualTo(UP);

        story.hears(ph(180, down("db")));
        assertThat(story.news()).containsExactly("db: UP -> DOWN");
    }

    @Test
    void whatIsUnknownKeepsTheFormerHealthAndItsCountUntilTheLimit() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, down("db")), ours("a", 3, 20, unknown("db")));

        assertThat(story.of("db").steadiness().streak()).isEqualTo(1);
        assertThat(story.of("db").reason()).isEqualTo(Reason.API_FAILED);
        assertThat(story.state().lastUp(story.of("db"))).isEqualTo(at(0));
        story.isJudgedAt(20.5).hears(ours("a", 4, 40, unknown("db"))).isJudgedAt(50.5);
        assertThat(story.health("db")).isEqualTo(UNKNOWN);
        assertThat(story.of("db").steadiness()).isEqualTo(Steadiness.CALM);
    }

    @Test
    void everyTargetHasItsOwnThreshold() {
        story.judging("1, host/patient-*=3, host/patient-2=2", "1", "off");
        String[] hosts = { "db", "patient-1", "patient-2" };
        story.hears(said(1, hosts, true), said(2, hosts, false));
        assertThat(whoIsDown(hosts)).isEqualTo("db");
        story.hears(said(3, hosts, false));
        assertThat(whoIsDown(hosts)).isEqualTo("db patient-2");
        story.hears(said(4, hosts, false));
        assertThat(whoIsDown(hosts)).isEqualTo("db patient-1 patient-2");
    }

    private static Saying said(int sequence, String[] hosts, boolean up) {
        return ours("a", sequence, sequence * 10,
                java.util.Arrays.stream(hosts).map(host -> up ? up(host) : down(host)).toArray(Saying.Word[]::new));
    }

    private String whoIsDown(String[] hosts) {
        return java.util.Arrays.stream(hosts).filter(host -> story.health(host) == DOWN).collect(Collectors.joining(" "));
    }

    @Test
    void aLowerThresholdHoldsFromTheNextObservationOn() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, down("db"))).judging("1", "1", "off");
        assertThat(story.health("db")).isEqualTo(UP);

        story.hears(ours("a", 3, 20, down("db")));
        assertThat(story.health("db")).isEqualTo(DOWN);
    }

    @Test
    void aSteadyTargetIsNotWrittenAgain() {
        story.hears(ours("a", 1, 0, up("db")), ours("a", 2, 10, down("db")), ours("a", 3, 20, up("db")));
        assertThat(story.last().touched()).containsExactly(host("db"));

        story.hears(ours("a", 4, 30, up("db")));
        assertThat(story.last().touched()).isEmpty();
    }
}
