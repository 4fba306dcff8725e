package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How are the Python Healthcheck's {@code topics} read, and which consumer group reads which of them? */
final class KpRoutes {
    private static final String EARLIEST = "earliest";
    private static final Form<String> RESET = Form.matching("earliest or latest",
            text -> text.equals(EARLIEST) || text.equals("latest"));
    private static final Form<String> TABLE = Form.matching("the name of a table: 1 to 63 letters, digits, \"_\" and \"-\"",
            Route::isTable);
    private static final Map<String, RowLayout> LAYOUTS = Map.of("heartbeat", RowLayout.HEARTBEAT, "healthcheck",
            RowLayout.HEALTHCHECK, "metrics", RowLayout.METRICS, "host-metrics", RowLayout.HOST_METRICS);
    private static final Form<RowLayout> LAYOUT = Form
            .matching("healthcheck, heartbeat, metrics or host-metrics", LAYOUTS::containsKey).then(LAYOUTS::get);

    private final String group;
    private final List<Route> routes = new ArrayList<>();
    private final Set<List<String>> readers = new HashSet<>();

    private KpRoutes(String group) {
        this.group = group;
    }

    /** Meaningless once the section has a fault. */
    static KpFile.Consumer read(Entry section, KafkaLink link) {
        String group = section.name("group_id");
        String reset = section.optional("auto_offset_reset", RESET, EARLIEST);
        KpRoutes all = new KpRoutes(String.valueOf(group));
        section.eachOfSome("topics", "a list of source_topic, connection_uri and table_name", all::add);
        return new KpFile.Consumer(link, group, reset, all.routes);
    }

    private void add(Entry entry) {
        String topic = entry.required("source_topic", Form.TOPIC);
        String database = entry.required("connection_uri", Form.NON_BLANK.asSecret());
        String table = entry.required("table_name", TABLE);
        RowLayout layout = entry.optional("layout", LAYOUT, RowLayout.HEALTHCHECK);
        if (!entry.ends()) {
            return;
        }
        if (routes.stream().anyMatch(known -> known.topic().equals(topic) && known.database().equals(database)
                && known.table().equals(table))) {
            entry.faults().warn(entry.at("table_name"), table,
                    "stands there already for this topic and database: once is enough");
            return;
        }
        boolean first = routes.stream().noneMatch(known -> known.topic().equals(topic));
        routes.add(new Route(topic, group(topic, table, first), database, table, layout, first));
    }

    /** Two databases may have tables of one name. */
    private String group(String topic, String table, boolean first) {
        String own = first ? group : group + "." + table;
        String free = own;
        for (int count = 2; !readers.add(List.of(topic, free)); count++) {
            free = own + "." + count;
        }
        return free;
    }
}
