package dev.heartbeat.probe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonToken;

/** Which consumers does the management API list, by queue? Fields of a consumer that are missing stay null. */
final class ConsumersReading implements Reading<Map<String, List<AttachedConsumer>>> {
    /** What must be asked for of a vhost's consumers; the whole is four times as long, and takes twice the time. */
    static final String COLUMNS_OF_VHOST = "consumer_tag,activity_status,active,queue.name";
    static final String COLUMNS_OF_QUEUE = "consumer_details.consumer_tag,consumer_details.activity_status,consumer_details.active";
    private static final String DETAILS = "consumer_details";

    private final Set<String> queues;
    private final String only;
    private final String rows;
    private final String tagPath;
    private final String activityPath;
    private final String activePath;
    private final Map<String, List<AttachedConsumer>> result = new HashMap<>();
    private String queue;
    private String tag;
    private String activity;
    private Boolean active;

    private ConsumersReading(Set<String> queues, String only, String rows, String prefix) {
        this.queues = queues;
        this.only = only;
        this.rows = rows;
        this.tagPath = prefix + "consumer_tag";
        this.activityPath = prefix + "activity_status";
        this.activePath = prefix + "active";
        this.queue = only;
    }

    /** From a vhost's list of consumers: those of these queues. */
    static ConsumersReading ofVhost(Set<String> queues) {
        return new ConsumersReading(queues, null, "", "");
    }

    /** From what is said of one queue; without an entry for it when nothing is said of its consumers. */
    static ConsumersReading ofQueue(String queue) {
        return new ConsumersReading(Set.of(queue), queue, DETAILS, DETAILS + '.');
    }

    @Override
    public JsonToken root() {
        return only == null ? JsonToken.START_ARRAY : JsonToken.START_OBJECT;
    }

    @Override
    public void array(String path) {
        if (only != null && path.equals(rows)) {
            result.put(only, new ArrayList<>());
        }
    }

    @Override
    public void value(String path, String text) {
        if (path.equals(tagPath)) {
            tag = text;
        } else if (path.equals(activityPath)) {
            activity = text;
        } else if (path.equals(activePath)) {
            active = Boolean.valueOf(text);
        } else if (only == null && path.equals("queue.name")) {
            queue = text;
        }
    }

    @Override
    public void object(String path) {
        if (path.equals(rows)) {
            if (queue != null && queues.contains(queue)) {
                result.computeIfAbsent(queue, any -> new ArrayList<>(1)).add(new AttachedConsumer(tag, activity, active));
            }
            queue = only;
            tag = null;
            activity = null;
            active = null;
        }
    }

    @Override
    public Map<String, List<AttachedConsumer>> result() {
        return result;
    }
}
