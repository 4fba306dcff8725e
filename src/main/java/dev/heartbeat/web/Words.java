package dev.heartbeat.web;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.store.Outbox;
import io.vertx.ext.web.RoutingContext;

/** What do the parameters of a request ask for? What can't be understood is refused, with what would be right. */
final class Words {
    private Words() {
    }

    /** All values given for that parameter, blank ones left out; empty when there are none. */
    static List<String> all(RoutingContext context, String name) {
        return context.queryParams().getAll(name).stream().filter(value -> !value.isBlank()).toList();
    }

    /** The only value of that parameter, or null. */
    static String one(RoutingContext context, String name) {
        List<String> all = all(context, name);
        if (all.size() > 1) {
            throw Problem.badRequest(name + " is given " + all.size() + " times; give it once");
        }
        return all.isEmpty() ? null : all.get(0);
    }

    /** The only value of that parameter, which must be given; it may be empty. */
    static String exact(RoutingContext context, String name) {
        List<String> all = context.queryParams().getAll(name);
        if (all.size() != 1) {
            throw Problem.badRequest("give source, kind and name of a target, each once; " + name + " is given " + all.size()
                    + " times");
        }
        return all.get(0);
    }

    static Set<Kind> kinds(RoutingContext context) {
        return words(all(context, "kind"), Kind.class, "kind");
    }

    /** Of parameter {@code name}: {@code health}, or {@code to}. */
    static Set<Health> healths(RoutingContext context, String name) {
        return words(all(context, name), Health.class, name);
    }

    private static <E extends Enum<E>> Set<E> words(List<String> values, Class<E> type, String name) {
        Set<E> found = EnumSet.noneOf(type);
        for (String value : values) {
            found.add(Arrays.stream(type.getEnumConstants()).filter(constant -> constant.name().equalsIgnoreCase(value))
                    .findFirst()
                    .orElseThrow(() -> Problem.badRequest(name + "=" + value + " is none of " + Arrays
                            .stream(type.getEnumConstants()).map(constant -> word(constant))
                            .collect(Collectors.joining(", ")))));
        }
        return found;
    }

    /** As answers write it: kinds in lower case, healths in upper case. */
    private static String word(Enum<?> constant) {
        return constant instanceof Kind ? constant.name().toLowerCase(Locale.ROOT) : constant.name();
    }

    /** A whole number from 1 to that. */
    static int limit(RoutingContext context, int usual, int most) {
        String said = one(context, "limit");
        if (said == null) {
            return usual;
        }
        if (!said.matches("\\d{1,9}") || Integer.parseInt(said) < 1 || Integer.parseInt(said) > most) {
            throw Problem.badRequest("limit=" + said + " is no whole number from 1 to " + most);
        }
        return Integer.parseInt(said);
    }

    /** That text if it is a transition's id; null stays null. */
    static String id(String name, String said) {
        if (said != null && !Outbox.isId(said)) {
            throw Problem.badRequest(name + "=" + said + " is no transition's id, which is two numbers and a hyphen between");
        }
        return said;
    }
}
