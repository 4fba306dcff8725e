package dev.heartbeat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.heartbeat.model.Glob;
import dev.heartbeat.model.NamedCheck;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Spec;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetPattern;
import dev.heartbeat.model.Targets;

/**
 * Which targets of a file are meant by the words of a command line?
 *
 * @param specs the entries that answer for any of them
 * @param targets those that are meant, in the file's order; with a health endpoint, all its checks are
 * @param checks those behind health endpoints that are meant by their own name
 */
record TargetChoice(List<Spec> specs, Set<Target> targets, List<CheckChoice> checks) {
    /**
     * All of them where there are no words. A word is a name, a kind, or {@code kind/name}, with {@code *} and {@code ?} in
     * the name; a check behind a health endpoint is {@code endpoint/check}.
     *
     * @throws UsageException for a word that means none
     */
    static TargetChoice of(Targets all, List<String> words, int code) throws UsageException {
        Set<Target> meant = new LinkedHashSet<>();
        List<String> vain = new ArrayList<>(words);
        for (Spec spec : all.specs()) {
            for (Target target : spec.targets()) {
                List<String> hits = words.stream().filter(word -> means(word, target)).toList();
                vain.removeAll(hits);
                if (words.isEmpty() || !hits.isEmpty()) {
                    meant.add(target);
                }
            }
        }
        List<CheckChoice> checks = new ArrayList<>();
        vain.removeIf(word -> CheckChoice.of(word, all.all()).map(checks::add).orElse(false));
        if (!vain.isEmpty()) {
            throw new UsageException("no target is meant by " + String.join(", ", vain) + ": the file has "
                    + all.all().size() + ", known by name, kind or kind/name (* and ? stand for any characters and any one)",
                    code, false);
        }
        return new TargetChoice(all.specs().stream().filter(spec -> spec.targets().stream().anyMatch(
                target -> meant.contains(target) || checks.stream().anyMatch(choice -> choice.endpoints().contains(target))))
                .toList(), meant, checks);
    }

    /** What of all that was found was asked for, and what was asked for and not found. */
    List<Observation> of(List<Observation> found) {
        List<Observation> meant = new ArrayList<>(found.stream().filter(seen -> means(seen.target())).toList());
        checks.forEach(choice -> meant.addAll(choice.unnamed(found)));
        return meant;
    }

    private boolean means(Target seen) {
        return targets.contains(NamedCheck.asked(seen)) || checks.stream().anyMatch(choice -> choice.means(seen));
    }

    /** A name may hold a slash, and be called as a kind is: so both ways to read the word count. */
    private static boolean means(String word, Target target) {
        return new Glob(word).matches(target.name()) || isPattern(word) && TargetPattern.of(word).matches(target);
    }

    private static boolean isPattern(String word) {
        try {
            TargetPattern.of(word);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
