package dev.heartbeat.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.heartbeat.model.PhKey;
import dev.heartbeat.model.Projection;
import dev.heartbeat.model.Shown;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;

/** What does this process know of all sources? Changed by one at a time; {@link #states} may be asked by anybody. */
final class Known {
    private final Map<String, Source> sources = new ConcurrentHashMap<>();
    /** Which sources contribute to a key; the lists are never changed in place. */
    private final Map<PhKey, List<String>> owners = new HashMap<>();

    /** A source as it was committed under that stamp. */
    record Source(String stamp, Projection projection) {
        private static final String NEVER = "";

        static Source unheard(String name) {
            return new Source(NEVER, Projection.of(SourceState.unheard(name)));
        }

        SourceState state() {
            return projection.state();
        }
    }

    Source of(String name) {
        Source source = sources.get(name);
        return source == null ? Source.unheard(name) : source;
    }

    Collection<SourceState> states() {
        List<SourceState> states = new ArrayList<>(sources.size());
        sources.values().forEach(source -> states.add(source.state()));
        return states;
    }

    Collection<Source> sources() {
        return sources.values();
    }

    void put(String name, Source next) {
        Set<PhKey> keys = new HashSet<>(of(name).projection().keys());
        keys.addAll(next.projection().keys());
        put(name, next, keys);
    }

    /** As {@link #put(String, Source)} where only these targets may have come or gone. */
    void put(String name, Source next, Collection<Target> touched) {
        put(name, next, touched.stream().filter(PhKey::has).map(PhKey::of).collect(Collectors.toSet()));
    }

    private void put(String name, Source next, Set<PhKey> keys) {
        Set<PhKey> before = of(name).projection().keys();
        Set<PhKey> after = next.projection().keys();
        sources.put(name, next);
        for (PhKey key : keys) {
            if (before.contains(key) && !after.contains(key)) {
                disown(key, name);
            } else if (after.contains(key) && !before.contains(key)) {
                own(key, name);
            }
        }
    }

    void keepOnly(Set<String> names) {
        for (String name : List.copyOf(sources.keySet())) {
            if (!names.contains(name)) {
                put(name, Source.unheard(name));
                sources.remove(name);
            }
        }
    }

    /** Every name of PH's keys that has a contributor. */
    Set<PhKey> keys() {
        return owners.keySet();
    }

    /** What all sources but one say under a key together; null where they contribute nothing. */
    Shown shownByOthers(PhKey key, String except) {
        Shown shown = null;
        for (String owner : owners.getOrDefault(key, List.of())) {
            if (!owner.equals(except)) {
                shown = Shown.worse(shown, sources.get(owner).projection().shown(key));
            }
        }
        return shown;
    }

    /** A target with that key whose name is another: two names that the key can not tell apart; null when there is none. */
    Target other(PhKey key, String name) {
        for (String owner : owners.getOrDefault(key, List.of())) {
            for (Target target : sources.get(owner).projection().contributors(key)) {
                if (!target.name().equals(name)) {
                    return target;
                }
            }
        }
        return null;
    }

    private void own(PhKey key, String name) {
        List<String> former = owners.get(key);
        if (former == null) {
            owners.put(key, List.of(name));
            return;
        }
        List<String> more = new ArrayList<>(former);
        more.add(name);
        owners.put(key, more);
    }

    private void disown(PhKey key, String name) {
        List<String> fewer = new ArrayList<>(owners.get(key));
        fewer.remove(name);
        if (fewer.isEmpty()) {
            owners.remove(key);
        } else {
            owners.put(key, fewer);
        }
    }
}
