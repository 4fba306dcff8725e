package dev.heartbeat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

import jakarta.enterprise.context.Dependent;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Printable;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.store.StateStore;
import io.quarkus.runtime.QuarkusApplication;

/**
 * How does a target that no list will ever retire (pipeline-heartbeat lists none) leave the state and PH's keys? By this
 * command,
 * which may run beside the subscribers; it starts nothing but the store.
 */
@Dependent
public class Retirement implements QuarkusApplication {
    private final StateStore store;

    Retirement(StateStore store) {
        this.store = store;
    }

    /** Runs the command as an application of its own, and ends the process with its exit code. */
    static void start(QuietRun run, List<Store> stores, String source, Target target) {
        Choice quiet = new Choice(Mode.SUBSCRIBER, Transport.MEMORY, stores);
        run.loggingFrom("ERROR").of(Retirement.class, new Start(quiet, null, null, 0, List.of(), List.of()), 1, source,
                target.kind().word(),
                target.name());
    }

    /** Blocks this thread, which has nothing else to do: 0 when the target was retired, 1 when it was not, with the reason. */
    @Override
    public int run(String... names) {
        Target target = new Target(Kind.of(names[1]), names[2]);
        try {
            Change change = store.start()
                    .chain(() -> store.update(names[0], state -> state.retire(Set.of(target), Instant.now())))
                    .subscribe().asCompletionStage().join();
            return told(change, target);
        } catch (CompletionException e) {
            System.err.println("the store does not answer: " + Printable.text(e.getCause().getMessage()));
            return 1;
        }
    }

    private static int told(Change change, Target target) {
        SourceState state = change.next();
        if (change.isNone()) {
            System.err.println(Printable.text("source " + state.source() + " has no " + target + "; it has "
                    + state.targets().size() + " targets, and /api/status names them"));
            return 1;
        }
        System.out.println(Printable.text(target + " of " + state.source() + " is retired"));
        return 0;
    }
}
