package dev.heartbeat.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.PhKey;
import dev.heartbeat.model.Target;

/** Whose name could not become a key of PH as it is? Says so once per name, and stops when there are too many. */
final class NameWatch {
    private static final Logger LOG = Logger.getLogger(NameWatch.class);
    private static final int MOST = 1_000;
    private static final int LONGEST = 100;

    private final Known known;
    private final Set<String> told = new HashSet<>();

    NameWatch(Known known) {
        this.known = known;
    }

    void watch(Change change) {
        for (Target target : change.touched()) {
            boolean isNew = !change.former().targets().containsKey(target) && change.next().targets().containsKey(target);
            if (isNew && PhKey.has(target) && told.size() < MOST) {
                watch(target);
            }
        }
    }

    private void watch(Target target) {
        PhKey key = PhKey.of(target);
        if (PhKey.alters(target) && told.add(target.name())) {
            LOG.warnf("The colon of %s can not stand in a key: it is written %s", shown(target.name()), shown(key.prefix()));
        }
        Target other = known.other(key, target.name());
        if (other != null && told.add(key.prefix())) {
            LOG.errorf("%s and %s share the key %s, which shows the worse of both: give one of them another name",
                    shown(target.name()), shown(other.name()), shown(key.prefix()));
        }
    }

    /** The first of these, as they may stand in a line of a log. */
    static String shown(List<String> names, int most) {
        StringBuilder text = new StringBuilder();
        for (String name : names.subList(0, Math.min(most, names.size()))) {
            text.append(text.length() == 0 ? "" : ", ").append(shown(name));
        }
        return text.append(names.size() > most ? ", …" : "").toString();
    }

    private static String shown(String name) {
        StringBuilder text = new StringBuilder("\"");
        name.codePoints().limit(LONGEST)
                .forEach(point -> text.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return text.append(name.length() > LONGEST ? "…\"" : "\"").toString();
    }
}
