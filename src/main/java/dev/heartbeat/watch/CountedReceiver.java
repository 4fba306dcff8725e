package dev.heartbeat.watch;

import dev.heartbeat.model.Alert;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;

/** How many alerts does a receiver take? As meters, one for each way of telling: addresses are secrets. */
final class CountedReceiver implements Receiver {
    private final Receiver receiver;
    private final Counter sent;
    private final Counter failed;
    private final Counter givenUp;

    CountedReceiver(Receiver receiver, MeterRegistry registry) {
        this.receiver = receiver;
        this.sent = counter("heartbeat.alerts.sent", "Alerts that a receiver has accepted", registry);
        this.failed = counter("heartbeat.alerts.failed", "Attempts to tell that a receiver did not accept", registry);
        this.givenUp = counter("heartbeat.alerts.given.up", "Alerts that nobody accepted for as long as they are tried",
                registry);
    }

    private Counter counter(String name, String description, MeterRegistry registry) {
        return Counter.builder(name).description(description).tag("receiver", receiver.kind()).register(registry);
    }

    @Override
    public String name() {
        return receiver.name();
    }

    @Override
    public String kind() {
        return receiver.kind();
    }

    @Override
    public String address() {
        return receiver.address();
    }

    @Override
    public Uni<Void> tell(Alert alert) {
        return Uni.createFrom().deferred(() -> receiver.tell(alert))
                .invoke(accepted -> sent.increment())
                .onFailure().invoke(refused -> failed.increment());
    }

    @Override
    public void gaveUp(int alerts) {
        givenUp.increment(alerts);
    }
}
