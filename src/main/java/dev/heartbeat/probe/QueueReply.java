package dev.heartbeat.probe;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.PythonPattern;
import dev.heartbeat.model.QueueSpec;
import dev.heartbeat.model.Reason;

/** What did the management API say of one queue? */
sealed interface QueueReply {
    /** What that means for the queue, whoever must listen to it. */
    Outcome queue();

    /** What it means for one that must listen to it; {@code overdue} says that there is no time left for regexes. */
    Outcome listener(QueueSpec.Listener listener, BooleanSupplier overdue);

    /** The queue exists and has these consumers. */
    record Present(List<AttachedConsumer> consumers) implements QueueReply {
        @Override
        public Outcome queue() {
            return Outcome.UP;
        }

        @Override
        public Outcome listener(QueueSpec.Listener listener, BooleanSupplier overdue) {
            Set<String> idle = new TreeSet<>();
            for (AttachedConsumer consumer : consumers) {
                PythonPattern.Match match = match(listener, consumer, overdue);
                if (match == PythonPattern.Match.TOO_COSTLY) {
                    return Outcome.unknown(Reason.TOO_COSTLY, "the tag's regex takes too long");
                }
                if (match == PythonPattern.Match.FOUND) {
                    if (consumer.isActive()) {
                        return Outcome.UP;
                    }
                    idle.add(consumer.state());
                }
            }
            return idle.isEmpty() ? unattended() : Outcome.down(Reason.INACTIVE, "its consumer is " + String.join(", ", idle));
        }

        private static PythonPattern.Match match(QueueSpec.Listener listener, AttachedConsumer consumer,
                BooleanSupplier overdue) {
            if (consumer.tag() == null) {
                return PythonPattern.Match.NOT_FOUND;
            }
            return overdue.getAsBoolean() ? PythonPattern.Match.TOO_COSTLY : listener.tag().search(consumer.tag());
        }

        private Outcome unattended() {
            return Outcome.down(Reason.UNATTENDED, switch (consumers.size()) {
                case 0 -> "the queue has no consumer";
                case 1 -> "the queue's consumer has another tag";
                default -> "the queue's " + consumers.size() + " consumers have other tags";
            });
        }
    }

    /** The queue does not exist. */
    record Absent() implements QueueReply {
        @Override
        public Outcome queue() {
            return Outcome.down(Reason.MISSING, "the queue does not exist");
        }

        @Override
        public Outcome listener(QueueSpec.Listener listener, BooleanSupplier overdue) {
            return queue();
        }
    }

    /** Nothing is known of the queue, because the API did not answer. */
    record Failed(String words) implements QueueReply {
        @Override
        public Outcome queue() {
            return Outcome.unknown(Reason.API_FAILED, words);
        }

        @Override
        public Outcome listener(QueueSpec.Listener listener, BooleanSupplier overdue) {
            return queue();
        }
    }
}
