package dev.heartbeat.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;

import dev.heartbeat.model.Group;
import dev.heartbeat.model.SourceState;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Has anything changed since a program asked last? A name for what an answer is made of, without making it. */
final class EntityTag {
    private static final int BYTES = 12;

    private EntityTag() {
    }

    /**
     * Of these states and the request's address. Weak: compressed or not, it is the same answer.
     *
     * @param more what else the answer is made of
     */
    static String of(Collection<SourceState> states, RoutingContext context, String more) {
        StringBuilder text = new StringBuilder(256).append(context.request().uri()).append('\n').append(more);
        states.stream().sorted(Comparator.comparing(SourceState::source)).forEach(state -> {
            text.append('\n').append(state.source()).append('\n').append(state.version());
            state.groups().values().stream().sorted(Comparator.comparing(Group::key))
                    .forEach(group -> text.append(' ').append(group.heard()).append(' ').append(group.mark()));
        });
        return "W/\"" + HexFormat.of().formatHex(Arrays.copyOf(digest(text.toString()), BYTES)) + '"';
    }

    /** Puts the tag on the answer; when the asker has it already, answers 304 and true. */
    static boolean isKnown(String tag, RoutingContext context) {
        context.response().putHeader(HttpHeaders.ETAG, tag);
        String has = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        boolean known = has != null && Arrays.stream(has.split(",")).map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || ("W/" + one).equals(tag));
        if (known) {
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache").setStatusCode(304).end();
        }
        return known;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
