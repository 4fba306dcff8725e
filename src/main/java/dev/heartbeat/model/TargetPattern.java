package dev.heartbeat.model;

/**
 * Which targets does a setting mean? {@code *} is all, a kind's word ({@code website}) all of that kind, {@code kind/glob} or
 * {@code *}{@code /glob} those whose name matches the {@link Glob}.
 *
 * @param kind null for every kind
 */
public record TargetPattern(Kind kind, Glob name) {
    private static final Glob ANY = new Glob("*");

    /** @throws IllegalArgumentException with the words that should be said, when the text means no targets */
    public static TargetPattern of(String text) {
        int slash = text.indexOf('/');
        String word = slash < 0 ? text : text.substring(0, slash);
        Kind kind = Kind.of(word);
        if (kind == null && !word.equals("*")) {
            throw new IllegalArgumentException(
                    "'" + text + "' means no targets: write *, a kind (" + Kind.all(", ") + "),"
                            + " or kind/name, where * and ? in the name stand for any characters and any one");
        }
        return new TargetPattern(kind, slash < 0 ? ANY : new Glob(text.substring(slash + 1)));
    }

    public boolean matches(Target target) {
        return (kind == null || kind == target.kind()) && name.matches(target.name());
    }
}
