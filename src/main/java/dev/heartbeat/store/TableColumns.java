package dev.heartbeat.store;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.heartbeat.model.HistoryRow;
import io.vertx.sqlclient.Tuple;

/** How do rows travel in one statement? One array for each column, so that a statement is the same for any number of rows. */
record TableColumns(List<TableColumn<?>> all) {
    TableColumns {
        all = List.copyOf(all);
    }

    /** What stands between the brackets of CREATE TABLE. */
    String definition() {
        return list(column -> column.name() + " " + column.type());
    }

    String names() {
        return list(TableColumn::name);
    }

    String expressions() {
        return list(TableColumn::expression);
    }

    /** The rows that were sent, as {@code v}; the first array is the parameter of that number. */
    String sent(int first) {
        return sent(first, "", "");
    }

    /** With further arrays and their names. */
    String sent(int first, String arrays, String others) {
        return IntStream.range(0, all.size())
                .mapToObj(i -> "$" + (first + i) + "::" + all.get(i).sent() + "[]")
                .collect(Collectors.joining(", ", "unnest(", arrays + ") as v(" + names() + others + ")"));
    }

    /** The same row again writes nothing; {@code keys} are not compared, nor is {@code kept} changed. */
    String upsert(TableName table, List<String> keys, List<String> kept) {
        List<String> changing = all.stream().map(TableColumn::name)
                .filter(name -> !keys.contains(name) && !kept.contains(name)).toList();
        return "insert into " + table.quoted() + " as t (" + names() + ") select " + expressions() + " from " + sent(1)
                + " on conflict (" + String.join(", ", keys) + ") do update set "
                + joined(changing, name -> name + " = excluded." + name)
                + " where (" + joined(changing, name -> "t." + name) + ") is distinct from ("
                + joined(changing, name -> "excluded." + name) + ")";
    }

    Tuple values(List<HistoryRow> rows) {
        Tuple values = Tuple.tuple();
        all.forEach(column -> values.addValue(column.values(rows)));
        return values;
    }

    private String list(Function<TableColumn<?>, String> word) {
        return all.stream().map(word).collect(Collectors.joining(", "));
    }

    private static String joined(List<String> names, Function<String, String> word) {
        return names.stream().map(word).collect(Collectors.joining(", "));
    }
}
