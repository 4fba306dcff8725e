package dev.heartbeat.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.sqlclient.Row;

/** Has the database the tables that this version needs? What is missing is made, by one of all who start at the same time. */
final class Migrations {
    private static final String TABLE = "heartbeat_migrations";
    /** In the order of their versions. */
    private static final List<String> SCRIPTS = List.of("V1__state.sql");
    private static final String IS_DONE = "select exists (select from " + TABLE + " where version = $1 and success)";
    /** What we may not do and must, in words; none when all is well. */
    private static final String LACKING = """
            select string_agg(need || ' on ' || name, ', ' order by name, need) from unnest(
              array['heartbeat_sources', 'heartbeat_fields', 'heartbeat_retired', 'heartbeat_outbox', 'heartbeat_transitions',
                'heartbeat_readers', 'heartbeat_latencies']) as name,
              unnest(array['select', 'insert', 'update', 'delete']) as need
              where not has_table_privilege(name, need)""";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String FORBIDDEN = "42501";
    /** Longer than others need who make the tables at this moment. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PgLink link;
    private final Supplier<PgAddress> address;

    Migrations(PgLink link, Supplier<PgAddress> address) {
        this.link = link;
        this.address = address;
    }

    /** Nothing is created, and no right to do so needed, where everything is there. */
    Uni<Void> run() {
        return isDone().chain(done -> done ? mayUse() : make());
    }

    /** Whether {@link #run} would make tables; fails as it would, and changes nothing. */
    Uni<Boolean> look() {
        return isDone().chain(done -> (done ? mayUse() : mayMake()).replaceWith(!done));
    }

    private Uni<Boolean> isDone() {
        return link.askAgain(IS_DONE, newest()).map(rows -> rows.iterator().next().getBoolean(0))
                .onFailure(fault -> PgLink.code(fault).equals(UNDEFINED_TABLE)).recoverWithItem(false)
                .onFailure(fault -> PgLink.code(fault).equals(FORBIDDEN)).transform(fault -> new IllegalStateException(
                        address.get() + " may not use the tables that are there: grant select on " + TABLE + " to "
                                + address.get().user(),
                        fault));
    }

    private static String newest() {
        String script = SCRIPTS.get(SCRIPTS.size() - 1);
        return script.substring(1, script.indexOf("__"));
    }

    private Uni<Void> mayUse() {
        return link.askAgain(LACKING).chain(rows -> {
            String lacking = rows.iterator().next().getString(0);
            return lacking == null ? Uni.createFrom().voidItem()
                    : Uni.createFrom().failure(new IllegalStateException(address.get()
                            + " may not use the tables that are there: grant to " + address.get().user() + " " + lacking));
        });
    }

    /** JDBC blocks, so on a thread that may be. */
    private Uni<Void> make() {
        return mayMake().chain(() -> Uni.createFrom().<Void> item(() -> {
            migrate(address.get());
            return null;
        }).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()).ifNoItem().after(PATIENCE).fail());
    }

    private Uni<Void> mayMake() {
        return link.askAgain("select has_schema_privilege(current_schema(), 'create'), current_schema()").chain(rows -> {
            Row row = rows.iterator().next();
            return Boolean.TRUE.equals(row.getBoolean(0)) ? Uni.createFrom().voidItem()
                    : Uni.createFrom().failure(new IllegalStateException("the tables heartbeat_* are missing or old, and "
                            + address.get() + " may not make them: grant create on schema " + row.getString(1) + " to "
                            + address.get().user() + ", or start once as their owner"));
        });
    }

    /** One at a time: Flyway's own lock comes after it has looked whether there is anything in the schema. */
    static void migrate(PgAddress address) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(JdbcUrl.of(address));
        database.setUser(address.user());
        database.setPassword(address.password());
        try (Connection turn = database.getConnection(); Statement statement = turn.createStatement()) {
            turn.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(hashtext('" + TABLE + "'))");
            migrate(database);
            turn.rollback();
        } catch (FlywayException | SQLException fault) {
            throw new IllegalStateException("the tables of " + address + " could not be made: " + reason(fault), fault);
        }
    }

    private static void migrate(DataSource database) {
        Flyway.configure(Migrations.class.getClassLoader()).table(TABLE).dataSource(database)
                .resourceProvider(new Scripts(SCRIPTS)).javaMigrationClassProvider(List::of)
                .createSchemas(false)
                // Tables of others may stand in the schema: what we make begins with heartbeat_.
                .baselineOnMigrate(true).baselineVersion("0")
                .load().migrate();
    }

    /** Flyway's own words go over a page; the database's first line tells it all. */
    private static String reason(Exception fault) {
        String said = String.valueOf(fault.getMessage()).strip();
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException && cause.getMessage() != null) {
                said = cause.getMessage().lines().findFirst().orElse(said).replaceFirst("^(FATAL|ERROR): ", "");
            }
        }
        return said;
    }
}
