package dev.heartbeat.model;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Which topic goes into which table?
 *
 * @param group the consumer group that reads it: the first route on a topic keeps the group's name, further ones have the
 *        table's after it, so that a slow database stops nobody else
 * @param database URI or libpq key=value; may hold a password, so never logged; null for the database of DB_*
 * @param table as it is written, not quoted; null where the route keeps no history
 * @param states whether what it says makes states: true for the first route on a topic
 */
public record Route(String topic, String group, String database, String table, RowLayout layout, boolean states) {
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    public Route {
        Objects.requireNonNull(topic);
        Objects.requireNonNull(group);
        Objects.requireNonNull(layout);
    }

    /** Whether a table may be called that: the name is always quoted, and PostgreSQL cuts one that is longer. */
    public static boolean isTable(String name) {
        return TABLE.matcher(name).matches();
    }

    @Override
    public String toString() {
        return table == null ? topic : topic + " into " + table;
    }
}
