package dev.heartbeat.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jboss.logging.Logger;

import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Position;
import dev.heartbeat.model.Printable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * How does a batch get into a table? In pieces of at most so many rows, one after the other, each in one statement. What the
 * database refuses is found by halving, so that one row never holds up the others.
 */
final class HistoryWriter {
    private static final Logger LOG = Logger.getLogger(HistoryWriter.class);
    private static final int TRIES = 3;
    private static final Comparator<HistoryUnit> AS_IN_THE_LOG = Comparator.comparing(unit -> unit.last().position(),
            Comparator.nullsFirst(Comparator.comparing(Position::topic).thenComparing(Position::partition)
                    .thenComparing(Position::offset)));

    private final String table;
    private final TableLayout layout;
    private final int size;

    HistoryWriter(String table, TableLayout layout, int size) {
        this.table = table;
        this.layout = layout;
        this.size = size;
    }

    Uni<Void> write(List<HistoryRow> rows) {
        Map<HistoryRow, String> refused = new LinkedHashMap<>();
        return Multi.createFrom().iterable(pieces(units(rows, refused)))
                .onItem().transformToUniAndConcatenate(piece -> attempt(piece, refused))
                .onItem().ignoreAsUni()
                .invoke(() -> {
                    if (!refused.isEmpty()) {
                        throw new RowRefusedException(refused);
                    }
                });
    }

    private List<HistoryUnit> units(List<HistoryRow> rows, Map<HistoryRow, String> refused) {
        Map<Object, List<HistoryRow>> byKey = new LinkedHashMap<>();
        for (HistoryRow row : rows.stream().filter(layout::keeps).toList()) {
            if (TableColumn.isStorable(row.observation().at())) {
                byKey.computeIfAbsent(layout.key(row), key -> new ArrayList<>(1)).add(row);
            } else {
                refuse(row, "no table holds its instant, " + row.observation().at(), refused);
            }
        }
        return byKey.values().stream().map(HistoryUnit::new).sorted(AS_IN_THE_LOG).toList();
    }

    private List<List<HistoryUnit>> pieces(List<HistoryUnit> units) {
        List<List<HistoryUnit>> pieces = new ArrayList<>();
        int room = 0;
        for (HistoryUnit unit : units) {
            room -= unit.rows().size();
            if (room < 0 || pieces.isEmpty()) {
                pieces.add(new ArrayList<>());
                room = size - unit.rows().size();
            }
            pieces.get(pieces.size() - 1).add(unit);
        }
        return pieces;
    }

    private Uni<Void> attempt(List<HistoryUnit> units, Map<HistoryRow, String> refused) {
        return layout.write(units)
                .onFailure(HistoryWriter::isPassing).retry().atMost(TRIES)
                .onFailure(HistoryWriter::isOfARow).recoverWithUni(fault -> {
                    if (units.size() == 1) {
                        units.get(0).rows().forEach(row -> refuse(row, fault.getMessage(), refused));
                        return Uni.createFrom().voidItem();
                    }
                    int half = units.size() / 2;
                    return attempt(units.subList(0, half), refused)
                            .chain(() -> attempt(units.subList(half, units.size()), refused));
                });
    }

    private void refuse(HistoryRow row, String reason, Map<HistoryRow, String> refused) {
        String printable = Printable.text(reason);
        if (refused.put(row, printable) == null) {
            LOG.warnf("Table %s refuses an observation of %s by %s at %s: %s", table,
                    Printable.text(row.observation().target().toString()), Printable.text(row.source()),
                    row.observation().at(), printable);
        }
    }

    /** Two who write the same rows in another order, or at the same instant. */
    private static boolean isPassing(Throwable fault) {
        return PgLink.code(fault).startsWith("40");
    }

    /**
     * Wrong data, a broken constraint, too long for an index, or refused by a trigger; never a lost link or a missing right.
     */
    private static boolean isOfARow(Throwable fault) {
        String code = PgLink.code(fault);
        return code.startsWith("22") || code.startsWith("23") || code.startsWith("21") || code.startsWith("44")
                || code.startsWith("54") || code.equals("P0001");
    }
}
