package dev.heartbeat.model;

import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When do two programs speak for one source at once? */
class RivalsTest {
    private final Story story = new Story();

    @Test
    void twoLiveBootsThatInterleaveAreFlagged() {
        story.hears(ours("a", 1, 0, up("db")), ours("b", 1, 5, up("db")), ours("a", 2, 10, up("db")));

        assertThat(story.state().speaker().rival()).isEqualTo(at(10));
    }

    @Test
    void aRestartIsNot() {
        story.hears(ours("a", 1, 0, up("db")), ours("b", 1, 5, up("db")), ours("b", 2, 15, up("db")),
                ours("c", 1, 20, up("db")), ours("c", 2, 30, up("db")));

        assertThat(story.state().speaker().rival()).isNull();
    }

    @Test
    void redeliveryOfAnOldBootsHeartbeatIsNot() {
        Saying older = ours("a", 1, 0, up("db"));
        story.hears(older, ours("b", 1, 5, up("db")), older.receivedAt(6), ours("b", 2, 15, up("db")));

        assertThat(story.state().speaker().rival()).isNull();
        assertThat(story.state().speaker().boot()).isEqualTo("b");
    }

    @Test
    void neitherWhenItWaitedInTheQueue() {
        Saying older = ours("a", 1, 0, up("db"));
        story.hears(older, ours("b", 1, 5, up("db")), older.fromBacklogAt(6), ours("b", 2, 15, up("db")));

        assertThat(story.state().speaker().rival()).isNull();
    }

    @Test
    void aBacklogWithARestartInItIsNot() {
        story.hears(ours("a", 1, 0, up("db")).fromBacklogAt(100), ours("b", 1, 5, up("db")).fromBacklogAt(100.1),
                ours("a", 2, 3, up("db")).fromBacklogAt(100.2), ours("b", 2, 95, up("db")));

        assertThat(story.state().speaker().rival()).isNull();
    }

    @Test
    void whoInterleavedWhileNobodyListenedAreNotLive() {
        story.hears(ours("a", 1, 0, up("db")).fromBacklogAt(100), ours("b", 1, 5, up("db")).fromBacklogAt(100.1),
                ours("a", 2, 10, up("db")).fromBacklogAt(100.2));

        assertThat(story.state().speaker().rival()).isNull();
    }

    @Test
    void theOldBootsLastWordsThatCameLateAreNot() {
        story.hears(ours("a", 1, 0, up("db")), ours("b", 1, 5, up("db")), ours("a", 2, 4, up("db")).receivedAt(6),
                ours("b", 2, 15, up("db")));

        assertThat(story.state().speaker().rival()).isNull();
    }

    @Test
    void goingBackToPhOnceIsNot() {
        story.hears(ph(0, up("db")), ours("a", 1, 60, up("db")), ph(120, up("db")), ph(180, up("db")));

        assertThat(story.state().speaker().rival()).isNull();
    }

    @Test
    void phAndOursByTurnsAre() {
        story.hears(ph(0, up("db")), ours("a", 1, 10, up("db")), ph(20, up("db")), ours("a", 2, 30, up("db")));

        assertThat(story.state().speaker().rival()).isEqualTo(at(30));
    }
}
