package dev.heartbeat.watch;

import java.net.URI;

import dev.heartbeat.model.Alert;
import dev.heartbeat.model.AlertJson;
import io.smallrye.mutiny.Uni;

/** How is a program told? By our JSON, posted to its address. */
final class WebhookReceiver implements Receiver {
    private final URI url;
    private final Post post;

    WebhookReceiver(URI url, Post post) {
        this.url = url;
        this.post = post;
    }

    @Override
    public String name() {
        return "webhook " + Post.shown(url);
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public String address() {
        return "webhook " + url;
    }

    @Override
    public Uni<Void> tell(Alert alert) {
        return post.send(url, AlertJson.write(alert), alert.key());
    }
}
