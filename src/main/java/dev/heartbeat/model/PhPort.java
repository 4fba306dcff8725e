package dev.heartbeat.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Which port does PH read from a text or a number? It takes all that Python's {@code int()} takes. */
final class PhPort {
    private static final Form<BigInteger> FROM_TEXT = Form
            .matching("a whole number from 1 to 65535", Pattern.compile("\\s*[+-]?\\p{Nd}+(_\\p{Nd}+)*\\s*",
                    Pattern.UNICODE_CHARACTER_CLASS).asMatchPredicate())
            .then(text -> new BigInteger(text.strip().replace("_", "")));
    private static final Form<BigInteger> FROM_NUMBER = Form
            .matching("a whole number from 1 to 65535",
                    Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,2})?").asMatchPredicate())
            .then(text -> new BigDecimal(text).toBigInteger());
    private static final BigInteger HIGHEST = BigInteger.valueOf(65_535);
    /** Nothing can be connected to here, so a target of this port is down for ever, as it is with PH. */
    private static final int NEVER = 0;

    private PhPort() {
    }

    /** Null, with a fault, when it is none. */
    static Integer read(Entry entry) {
        boolean number = entry.node("port") instanceof Node.Scalar scalar && scalar.number();
        BigInteger port = entry.required("port", number ? FROM_NUMBER : FROM_TEXT);
        if (port == null) {
            return null;
        }
        if (port.signum() > 0 && port.compareTo(HIGHEST) <= 0) {
            return port.intValueExact();
        }
        entry.faults().warn(entry.at("port"), port.toString(), "must be from 1 to 65535; this target can never be up");
        return NEVER;
    }
}
