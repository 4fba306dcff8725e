package dev.heartbeat.model;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which texts are right for a key, and what do they mean?
 *
 * @param words what is right: "a whole number from 1 to 65535"
 * @param secret whether a value may hold a secret, so that no message shows it
 * @param parse throws an IllegalArgumentException whose message begins with "must" and says what would be right
 */
record Form<T>(String words, boolean secret, Function<String, T> parse) {
    static final Form<String> TEXT = of("a text", Function.identity());
    static final Form<String> NON_BLANK = matching("a text that is not blank", text -> !text.isBlank());
    static final Form<Boolean> FLAG = matching("true or false",
            text -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))
            .then(Boolean::valueOf);
    static final Form<PythonPattern> PATTERN = of("a regular expression as Python's re.search takes it", Form::pattern);
    /** As Kafka takes it; {@code .} and {@code ..} it does not. */
    static final Form<String> TOPIC = matching("the name of a topic: 1 to 249 letters, digits, \".\", \"_\" and \"-\"",
            text -> text.matches("[a-zA-Z0-9._-]{1,249}") && !text.matches("\\.{1,2}"));
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

    static <T> Form<T> of(String words, Function<String, T> parse) {
        return new Form<>(words, false, parse);
    }

    static Form<String> matching(String words, Predicate<String> right) {
        return of(words, text -> {
            if (!right.test(text)) {
                throw new IllegalArgumentException("must be " + words);
            }
            return text;
        });
    }

    static Form<Integer> number(int from, int to) {
        return matching("a whole number from " + from + " to " + to,
                text -> WHOLE_NUMBER.matcher(text).matches() && Integer.parseInt(text) >= from && Integer.parseInt(text) <= to)
                .then(Integer::valueOf);
    }

    /** A duration of more than nothing. */
    static Form<Duration> duration(Duration longest) {
        return of(Durations.WORDS, text -> {
            Duration duration = Durations.parse(text);
            if (duration.isZero() || duration.compareTo(longest) > 0) {
                throw new IllegalArgumentException("must be more than 0 and at most " + Durations.words(longest));
            }
            return duration;
        });
    }

    <S> Form<S> then(Function<T, S> next) {
        return new Form<>(words, secret, parse.andThen(next));
    }

    Form<T> asSecret() {
        return new Form<>(words, true, parse);
    }

    private static PythonPattern pattern(String text) {
        try {
            return PythonPattern.compile(text);
        } catch (PythonPatternException e) {
            throw new IllegalArgumentException("must be a regular expression as Python's re.search takes it: "
                    + Fault.plain(String.valueOf(e.getMessage())) + " at character " + (e.position() + 1), e);
        }
    }
}
