package dev.heartbeat.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to be watched?
 *
 * @param hash the same for the same content, however it is written and in whichever order
 */
public record Targets(List<Spec> specs, String hash) {
    public Targets {
        specs = List.copyOf(specs);
    }

    public static Targets of(List<Spec> specs) {
        return new Targets(specs, Fingerprint.of(specs));
    }

    /** The entries of one type, in the file's order. */
    public <S extends Spec> List<S> specs(Class<S> type) {
        return specs.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Every target once, in order: one that several entries speak of is one target. */
    public Set<Target> all() {
        Set<Target> all = new TreeSet<>();
        specs.forEach(spec -> all.addAll(spec.targets()));
        return Collections.unmodifiableSet(all);
    }

    /** Where each target is asked for what. */
    public Map<Target, Asked> asked() {
        Map<Target, Asked> asked = new HashMap<>();
        specs.forEach(spec -> spec.targets().forEach(target -> asked.put(target, spec.asked(target))));
        return asked;
    }

    /** The targets whose observations go to a topic of their own. */
    public Map<Target, String> topics() {
        Map<Target, String> topics = new HashMap<>();
        specs.stream().filter(spec -> spec.topic() != null)
                .forEach(spec -> spec.targets().forEach(target -> topics.put(target, spec.topic())));
        return topics;
    }
}
