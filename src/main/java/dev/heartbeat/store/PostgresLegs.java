package dev.heartbeat.store;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.RowLayout;
import io.smallrye.mutiny.Uni;

/** Could a start use PostgreSQL as it is? Logs in and asks for tables and rights; creates and writes nothing. */
@ApplicationScoped
public class PostgresLegs {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final PgPools pools;
    private final PgConfig config;
    private final HistoryTables tables;

    PostgresLegs(PgPools pools, PgConfig config, HistoryTables tables) {
        this.pools = pools;
        this.config = config;
        this.tables = tables;
    }

    /** Of the database of the settings, where the states are. */
    public Uni<Leg> states() {
        PgAddress address = PgAddress.of(config);
        PgLink link = link(address);
        return told("store", address, "PostgreSQL " + address + ": ",
                opened(link).chain(new Migrations(link, () -> address)::look)
                        .map(makes -> makes ? List.of("heartbeat_*") : List.of()));
    }

    /** Of a table of the history. */
    public Uni<Leg> history(PgAddress address, String table, RowLayout layout) {
        return told("history", address, "table " + table + " of PostgreSQL " + address + ": ",
                opened(link(address)).chain(() -> tables.open(address, table, layout).look())
                        .map(absent -> absent.stream().map(TableName::text).toList()));
    }

    private PgLink link(PgAddress address) {
        return new PgLink(() -> pools.of(address), () -> address, PATIENCE);
    }

    /** Nobody writes to a copy. */
    private static Uni<Void> opened(PgLink link) {
        return link.ask("select pg_is_in_recovery()").chain(rows -> rows.iterator().next().getBoolean(0)
                ? Uni.createFrom().failure(new IllegalStateException("PostgreSQL " + link.address()
                        + " is a standby, which only reads"))
                : Uni.createFrom().voidItem());
    }

    private Uni<Leg> told(String name, PgAddress address, String where, Uni<List<String>> made) {
        boolean isOfSettings = config.dsn().filter(dsn -> !dsn.isBlank()).isEmpty() && address.equals(PgAddress.of(config));
        return made.map(absent -> absent.isEmpty() ? Leg.ok(name, where + "all is there, and may be written")
                : Leg.warn(name, where + "a start creates " + absent.stream().collect(Collectors.joining(", "))))
                .onFailure().recoverWithItem(failure -> Leg.fault(name,
                        new PgBroken(address, isOfSettings).inWords(failure, pools.refusal(address))));
    }
}
