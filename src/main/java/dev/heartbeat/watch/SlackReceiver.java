package dev.heartbeat.watch;

import java.net.URI;

import dev.heartbeat.model.Alert;
import dev.heartbeat.model.AlertWords;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** How is a channel of Slack told, or of a chat that takes the same (Mattermost, Rocket.Chat, Discord with {@code /slack})? */
final class SlackReceiver implements Receiver {
    private final URI url;
    private final Post post;

    SlackReceiver(URI url, Post post) {
        this.url = url;
        this.post = post;
    }

    @Override
    public String name() {
        return "slack " + Post.shown(url);
    }

    @Override
    public String kind() {
        return "slack";
    }

    @Override
    public String address() {
        return "slack " + url;
    }

    @Override
    public Uni<Void> tell(Alert alert) {
        return post.send(url, body(alert), alert.key());
    }

    static String body(Alert alert) {
        return new JsonObject()
                .put("text", sign(alert) + " " + escaped(AlertWords.title(alert)) + "\n" + escaped(AlertWords.cause(alert)))
                .encode();
    }

    private static String sign(Alert alert) {
        return switch (alert.what()) {
            case FIRING, CHANGED -> ":red_circle:";
            case REMINDER -> ":large_orange_circle:";
            case RESOLVED -> ":large_green_circle:";
        };
    }

    /** The three characters with which Slack's links, mentions and entities begin. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
