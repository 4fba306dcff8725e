package dev.heartbeat.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.RecordLayout;
import dev.heartbeat.model.RecordWriter;
import dev.heartbeat.model.Target;
import dev.heartbeat.transport.LogRecord;

/**
 * As which records does a heartbeat leave where the transport is a log? One for each observation, each a part of its round;
 * none for what the layout has no word for.
 *
 * @param topicOf null for a target without a topic of its own
 */
record Records(RecordLayout layout, Function<Target, String> topicOf) {
    /**
     * @param whole has the last of the numbers that its observations take
     * @param before how many observations of its round came before
     * @param all how many observations its round has
     */
    List<LogRecord> of(Heartbeat whole, int before, int all) {
        List<Observation> observations = whole.observations();
        if (observations.isEmpty()) {
            return list(whole);
        }
        long first = whole.sequence() - observations.size() + 1;
        List<LogRecord> records = new ArrayList<>(observations.size());
        for (int i = 0; i < observations.size(); i++) {
            Observation one = observations.get(i);
            if (!RecordWriter.canSay(layout, one)) {
                continue;
            }
            Heartbeat part = new Heartbeat(whole.source(), whole.boot(), first + i, whole.at(), whole.interval(),
                    before + i + 1, all, whole.config(), i == 0 ? whole.targets() : null, List.of(one));
            records.add(new LogRecord(topicOf.apply(one.target()), one.address(), RecordWriter.write(layout, part)));
        }
        return records;
    }

    /** A list of targets alone goes under its source's name: it is of no address. The layouts that are not ours have none. */
    private List<LogRecord> list(Heartbeat list) {
        return layout != RecordLayout.HEARTBEAT ? List.of()
                : List.of(new LogRecord(null, list.source(), RecordWriter.write(layout, list)));
    }
}
