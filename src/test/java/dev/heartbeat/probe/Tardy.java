package dev.heartbeat.probe;

import java.util.ArrayList;
import java.util.List;

import dev.heartbeat.model.Outcome;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;

/** A check that heeds no cancellation, and answers as often as the test says. */
final class Tardy {
    final FakeCheck check;
    private final List<UniSubscriber<? super List<Finding>>> tries = new ArrayList<>();

    Tardy(String name) {
        check = new FakeCheck(name).answering(this::asked);
    }

    void answer(int attempt, Outcome outcome) {
        tries.get(attempt).onItem(Finding.ofAll(check, outcome));
    }

    private Uni<List<Finding>> asked() {
        return new AbstractUni<>() {
            @Override
            public void subscribe(UniSubscriber<? super List<Finding>> subscriber) {
                tries.add(subscriber);
                subscriber.onSubscribe(new DeafSubscription());
            }
        };
    }

    private static final class DeafSubscription implements UniSubscription {
        @Override
        public void cancel() {
            // goes on
        }
    }
}
