package dev.heartbeat.store;

import java.util.ArrayList;
import java.util.List;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/** Is a table there, or may we make it, and may we do with it what we must? */
record TableRights(PgLink link) {
    private static final String STANDING = "select to_regclass($1) is not null as is_there,"
            + " coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) as may_create,"
            + " current_schema() as schema, current_user as me";
    private static final String LACKING = "select r from unnest($2::text[]) r"
            + " where not has_table_privilege(to_regclass($1), r) order by r";

    /**
     * Creates what is missing of these by {@code definition}, which does nothing where all is there; then asks for the rights.
     */
    Uni<Void> provide(List<TableName> tables, String definition, List<String> rights) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (TableName table : tables) {
            all = all.chain(() -> provide(table, definition));
        }
        for (TableName table : tables) {
            all = all.chain(() -> demand(table, rights));
        }
        return all;
    }

    /** Which of these {@link #provide} would create; fails as it would, and changes nothing. */
    Uni<List<TableName>> look(List<TableName> tables, String definition, List<String> rights) {
        List<TableName> absent = new ArrayList<>();
        Uni<Void> all = Uni.createFrom().voidItem();
        for (TableName table : tables) {
            all = all.chain(() -> isThere(table, definition)).chain(isThere -> {
                if (isThere) {
                    return demand(table, rights);
                }
                absent.add(table);
                return Uni.createFrom().voidItem();
            });
        }
        return all.map(done -> absent);
    }

    private Uni<Void> provide(TableName table, String definition) {
        return isThere(table, definition).chain(isThere -> isThere ? Uni.createFrom().voidItem()
                : link.alone("heartbeat tables", connection -> connection.query(definition).execute()));
    }

    /** Fails where it is not, and we may not create it. */
    private Uni<Boolean> isThere(TableName table, String definition) {
        return standing(table).chain(row -> {
            if (row.getBoolean("is_there")) {
                return Uni.createFrom().item(true);
            }
            if (!row.getBoolean("may_create")) {
                return Uni.createFrom().failure(lacking("table " + table + " is not there, and " + row.getString("me")
                        + " may not create it: it lacks CREATE on schema " + row.getString("schema")
                        + "; grant that, or create the table: " + definition));
            }
            return Uni.createFrom().item(false);
        });
    }

    /** Whether that table is there after this; false where it is not and we may not create it. */
    Uni<Boolean> provided(TableName table, String definition) {
        return standing(table).chain(row -> row.getBoolean("is_there") ? Uni.createFrom().item(true)
                : !row.getBoolean("may_create") ? Uni.createFrom().item(false)
                        : link.alone("heartbeat tables", connection -> connection.query(definition).execute())
                                .replaceWith(true));
    }

    private Uni<Row> standing(TableName table) {
        return link.ask(STANDING, table.quoted()).map(rows -> rows.iterator().next());
    }

    Uni<Void> demand(TableName table, List<String> rights) {
        return lacking(table, rights).chain(lacking -> lacking.isEmpty() ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(lacking("table " + table + " is there, and " + link.address().user() + " lacks "
                        + String.join(", ", lacking) + " on it; grant that")));
    }

    /** Which of these rights on a table that is there we do not have. */
    Uni<List<String>> lacking(TableName table, List<String> rights) {
        return link.ask(LACKING, table.quoted(), rights.toArray(String[]::new))
                .map(rows -> rows.stream().map(row -> row.getString(0)).toList());
    }

    private IllegalStateException lacking(String fault) {
        return new IllegalStateException("PostgreSQL " + link.address() + ": " + fault);
    }

    /** A statement of a batch without rows writes nothing, and fails as one with rows would: wrong columns, no key. */
    Uni<Void> rehearse(TableName table, String layout, Uni<RowSet<Row>> empty) {
        return empty.replaceWithVoid().onFailure(fault -> PgLink.code(fault).startsWith("42"))
                .transform(fault -> new IllegalStateException("PostgreSQL " + link.address() + ": table " + table
                        + " does not have the shape of " + layout + ": " + fault.getMessage(), fault));
    }
}
