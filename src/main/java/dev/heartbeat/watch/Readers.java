package dev.heartbeat.watch;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** Who is told at once that something was committed? The log and whoever looks; neither waits for the other. */
@ApplicationScoped
public class Readers {
    private static final Logger LOG = Logger.getLogger(Readers.class);

    private final Announcer announcer;
    private final Feed feed;
    private final Alerts alerts;

    Readers(Announcer announcer, Feed feed, Alerts alerts) {
        this.announcer = announcer;
        this.feed = feed;
        this.alerts = alerts;
    }

    /** What happens from now on is news to whoever looks, and to whoever is told; fails while the store is away. */
    public Uni<Void> begin() {
        return feed.tell().chain(alerts::begin);
    }

    /** Waits for nobody: what fails is tried again with the next tick of the watch. */
    public void tell() {
        begun(feed.tell());
        begun(announcer.announce());
    }

    private static void begun(Uni<Void> telling) {
        telling.subscribe().with(ignored -> {
        }, failure -> LOG.debugf(failure, "telling failed; it is tried again in a second"));
    }
}
