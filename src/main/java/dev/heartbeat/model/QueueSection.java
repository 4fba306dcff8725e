package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How is {@code rmq_consumers} read, PH's as well as ours? */
final class QueueSection implements Section<QueueSpec> {
    @Override
    public String key() {
        return "rmq_consumers";
    }

    @Override
    public Class<QueueSpec> spec() {
        return QueueSpec.class;
    }

    @Override
    public List<String> nameKeys() {
        return List.of("queue");
    }

    @Override
    public QueueSpec read(Entry entry, Pace pace) {
        String queue = entry.name("queue");
        String vhost = entry.name("vhost", null);
        if (entry.node("listeners") == null) {
            entry.faults().add(entry.at("listeners"), null, "must be given: a list of tag and name, [] for none");
        }
        List<QueueSpec.Listener> listeners = new ArrayList<>();
        entry.each("listeners", listener -> listeners.add(listener(listener)));
        Pace own = PaceKeys.read(entry, pace);
        return entry.ends() ? new QueueSpec(queue, vhost, listeners, own) : null;
    }

    @Override
    public List<Object> content(QueueSpec spec) {
        List<Object> listeners = new ArrayList<>();
        spec.listeners().forEach(listener -> listeners.add(List.of(listener.name(), listener.tag())));
        return Arrays.asList(spec.queue(), spec.vhost(), listeners, PaceKeys.content(spec.pace()));
    }

    /** Meaningless once the entry has a fault. */
    private static QueueSpec.Listener listener(Entry entry) {
        PythonPattern tag = entry.pattern("tag", entry.required("tag", Form.PATTERN));
        QueueSpec.Listener listener = new QueueSpec.Listener(entry.name("name"), tag);
        entry.ends();
        return listener;
    }
}
