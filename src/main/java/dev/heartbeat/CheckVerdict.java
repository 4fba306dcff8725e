package dev.heartbeat;

import java.util.List;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Reason;

/** What is one round as a whole, in the words and with the exit code of a Nagios plugin? */
enum CheckVerdict {
    /** Every target is up. */
    OK(0),
    /** A target answers, too slowly or with a certificate that ends too soon. */
    WARNING(1),
    /** A target is down. */
    CRITICAL(2),
    /** Of a target nobody can tell, and none is worse. */
    UNKNOWN(3);

    private final int code;

    CheckVerdict(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Down counts before what answers late, and that before what nobody knows. */
    static CheckVerdict of(List<Observation> found) {
        List<CheckVerdict> all = found.stream().map(CheckVerdict::of).toList();
        return List.of(CRITICAL, WARNING, UNKNOWN).stream().filter(all::contains).findFirst().orElse(OK);
    }

    private static CheckVerdict of(Observation seen) {
        Health health = seen.outcome().health();
        if (health == Health.UP) {
            return OK;
        }
        Reason reason = seen.outcome().reason();
        return health != Health.DOWN ? UNKNOWN : reason == Reason.EXPIRING || reason == Reason.SLOW ? WARNING : CRITICAL;
    }
}
