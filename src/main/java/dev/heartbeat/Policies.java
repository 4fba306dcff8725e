package dev.heartbeat;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.heartbeat.model.Judging;
import dev.heartbeat.model.Policy;
import dev.heartbeat.publish.PublishConfig;
import dev.heartbeat.watch.JudgeConfig;
import dev.heartbeat.watch.WatchConfig;

/** By which policy does this process judge? Read off the settings. */
@Singleton
class Policies {
    @Produces
    @Singleton
    Judging judging(JudgeConfig.Failures failures, JudgeConfig.Successes successes, JudgeConfig.Flap flap) {
        return Judging.of(failures.beforeDown(), successes.beforeUp(), flap.detection());
    }

    @Produces
    @Singleton
    Policy policy(WatchConfig watching, PublishConfig publishing, Judging judging, JudgeConfig.News news) {
        return new Policy(watching.after().orElse(null), publishInterval(publishing), judging, news.massShare(), news.maxAge());
    }

    /** How often PH is known to speak: only where somebody said so. */
    private static Duration publishInterval(PublishConfig publishing) {
        String said = System.getenv("PUBLISH_INTERVAL");
        return said == null || said.isBlank() || publishing.interval().isZero() ? null : publishing.interval();
    }
}
