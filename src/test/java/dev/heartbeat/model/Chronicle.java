package dev.heartbeat.model;

import static dev.heartbeat.model.Saying.host;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** What might a source say, over ten minutes or so? Seeded; the same seed tells the same again. */
final class Chronicle {
    private static final int TARGETS = 9;
    private final Random random;
    private final boolean wild;
    private final List<Saying> sayings = new ArrayList<>();
    private final TreeSet<Integer> configured = new TreeSet<>();
    private double now;
    private double clock;
    private int boot = 1;
    private int sequence;
    private boolean listing = true;

    private Chronicle(long seed, boolean wild) {
        this.random = new Random(seed);
        this.wild = wild;
        for (int i = 0; i < TARGETS; i++) {
            configured.add(i);
        }
    }

    /**
     * Restarts, reloads, lost and late heartbeats, of a publisher whose clock is right; two interval groups. At the end all is
     * well, or is not, but is told.
     */
    static List<Saying> ofOurs(long seed) {
        Chronicle chronicle = new Chronicle(seed, false);
        chronicle.tell(60);
        chronicle.tellAll();
        return chronicle.sayings;
    }

    /** All that and PH beside, wrong clocks, deafness, backlogs, redeliveries. */
    static List<Saying> wild(long seed) {
        return new Chronicle(seed, true).tell(80);
    }

    private List<Saying> tell(int rounds) {
        for (int round = 0; round < rounds; round++) {
            now += 5;
            happen();
            say(round);
        }
        return sayings;
    }

    private void tellAll() {
        now += 5;
        Saying.Word[] words = configured.stream()
                .map(i -> oneIn(2) ? Saying.up("n" + i) : Saying.down("n" + i))
                .toArray(Saying.Word[]::new);
        sayings.add(ours("boot-" + (1000 + boot), ++sequence, now, words).every(5));
    }

    private void happen() {
        if (oneIn(15)) {
            boot++;
            sequence = 0;
            listing = true;
        }
        if (oneIn(10)) {
            int target = random.nextInt(TARGETS);
            if (!configured.remove(target)) {
                configured.add(target);
            }
            listing = true;
        }
        if (wild && oneIn(15)) {
            now += random.nextInt(300);
        }
        if (wild && oneIn(20)) {
            clock = oneIn(2) ? 0 : random.nextInt(2000) - 1000;
        }
    }

    private void say(int round) {
        add(round(0, 6, 5).every(5));
        if (round % 4 == 0) {
            add(round(6, TARGETS, 20).every(20));
        }
        if (wild && oneIn(2)) {
            add(ph(Math.floor(now), words(5, TARGETS + 2)));
        }
        if (wild && oneIn(6)) {
            add(sayings.get(Math.max(0, sayings.size() - 1 - random.nextInt(20))));
        }
    }

    private Saying round(int from, int to, double interval) {
        Saying saying = ours("boot-" + (1000 + boot), ++sequence, now, words(from, to)).every(interval);
        if (listing) {
            listing = false;
            return saying.listing(configured.stream().map(i -> host("n" + i)).toArray(Target[]::new));
        }
        return saying;
    }

    private Saying.Word[] words(int from, int to) {
        List<Saying.Word> words = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (configured.contains(i) || i >= TARGETS) {
                words.add(word("n" + i));
            }
        }
        return words.toArray(Saying.Word[]::new);
    }

    private Saying.Word word(String name) {
        int dice = random.nextInt(20);
        Saying.Word word = dice < 12 ? Saying.up(name) : dice < 17 ? Saying.down(name) : Saying.unknown(name);
        return wild && oneIn(20) ? word.at(Math.floor(now - random.nextInt(10))) : word;
    }

    private void add(Saying saying) {
        if (oneIn(12)) {
            return;
        }
        double before = sayings.isEmpty() ? 0 : sayings.get(sayings.size() - 1).received();
        double received = Math.max(before, now + random.nextInt(30) / 10.0);
        if (wild && oneIn(10)) {
            sayings.add(saying.byClockAhead(clock).fromBacklogAt(received));
        } else if (wild) {
            sayings.add(saying.byClockAhead(clock).receivedAt(received));
        } else {
            sayings.add(saying.receivedAt(received));
        }
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }
}
