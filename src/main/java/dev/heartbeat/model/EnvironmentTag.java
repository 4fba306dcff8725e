package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands for <code>!ENV ${VARIABLE}</code>, also inside a text, and with <code>${VARIABLE:default}</code>? */
final class EnvironmentTag implements TreeReader.Tags {
    private static final String TAG = "ENV";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}:]*)(?::([^}]*))?}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Function<String, String> environment;
    private final List<Missing> missing = new ArrayList<>();

    /** What can not be said at that place, and why? */
    private record Missing(Place at, String message) {
    }

    /** @param environment null for what is not set; an IllegalArgumentException says why it can not be said */
    EnvironmentTag(Function<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String value(String tag, Place at, String text) {
        if (!tag.equals(TAG)) {
            return null;
        }
        return REFERENCE.matcher(text == null ? "" : text)
                .replaceAll(reference -> Matcher.quoteReplacement(value(reference, at)));
    }

    private String value(MatchResult reference, Place at) {
        String name = reference.group(1);
        String set = NAME.matcher(name).matches() ? set(name, at) : null;
        if (set != null && !set.isBlank()) {
            return set;
        }
        if (reference.group(2) != null && NAME.matcher(name).matches()) {
            return reference.group(2);
        }
        missing.add(new Missing(at, NAME.matcher(name).matches()
                ? "needs the environment variable " + name + ", which is not set; or give a default: ${" + name + ":default}"
                : "must name an environment variable as ${NAME} or ${NAME:default}"));
        return "";
    }

    private String set(String name, Place at) {
        try {
            return environment.apply(name);
        } catch (IllegalArgumentException e) {
            missing.add(new Missing(at, e.getMessage()));
            return e.getMessage();
        }
    }

    /** Whether all is said that is needed under that key; the faults of others are nobody's business. */
    boolean suffices(String key, Faults faults) {
        List<Missing> here = missing.stream()
                .filter(one -> one.at().path().equals(key) || one.at().path().startsWith(key + "."))
                .toList();
        here.forEach(one -> faults.add(one.at(), null, one.message()));
        return here.isEmpty();
    }
}
