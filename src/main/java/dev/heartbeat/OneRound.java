package dev.heartbeat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import jakarta.enterprise.context.Dependent;

import dev.heartbeat.model.Asked;
import dev.heartbeat.model.NamedCheck;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Targets;
import dev.heartbeat.probe.Rounds;
import dev.heartbeat.publish.PublishConfig;
import io.quarkus.runtime.QuarkusApplication;

/** What do the probes find when they are asked once? Runs nothing but them, and ends with what they found. */
@Dependent
public class OneRound implements QuarkusApplication {
    private static volatile TargetChoice asked;
    private static volatile boolean asJson;

    private final Rounds rounds;
    private final PublishConfig config;

    OneRound(Rounds rounds, PublishConfig config) {
        this.rounds = rounds;
        this.config = config;
    }

    /** Runs as an application of its own, and ends the process with the exit code. */
    static void start(QuietRun run, Start with, TargetChoice choice, boolean json) {
        asked = choice;
        asJson = json;
        run.loggingFrom("WARN").of(OneRound.class, with, CheckVerdict.UNKNOWN.code());
    }

    /** Blocks this thread, which has nothing else to do, until the last answer or its timeout. */
    @Override
    public int run(String... arguments) {
        long began = System.nanoTime();
        try {
            List<Observation> found = rounds.once(asked.specs(), config.interval()).subscribe().asCompletionStage().join();
            CheckReport report = new CheckReport(addressed(found), Duration.ofNanos(System.nanoTime() - began));
            System.out.println(asJson ? report.json() : report.text());
            return report.verdict().code();
        } catch (CompletionException e) {
            System.out.println(CheckReport.unknown("the round failed: " + e.getCause()));
            return CheckVerdict.UNKNOWN.code();
        }
    }

    /** Those that were meant, with where they were asked: one entry may answer for more. */
    private static List<Observation> addressed(List<Observation> found) {
        Map<Target, Asked> questions = Targets.of(asked.specs()).asked();
        return asked.of(found).stream()
                .map(seen -> new Observation(seen.target(), seen.outcome(), seen.at(), seen.latency(), seen.evidence(),
                        questions.get(NamedCheck.asked(seen.target()))))
                .toList();
    }
}
