package org.labharness.autograder.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.labharness.autograder.store.Table.Column;

/** Asks a database for its tables: what is backed up follows from what is there. */
record TableReader(DatabaseMetaData about, String schema) {
    private static final String HISTORY = "flyway_schema_history";
    private static final String TICKETS = "scheduled_tasks";
    private static final String STORE = "store_identity";
    private static final String SPRING_BATCH = "batch_";

    /** All that hold facts; a table comes after those that it refers to. */
    static List<Table> tables(Connection connection) throws SQLException {
        return new TableReader(connection.getMetaData(), connection.getSchema()).inOrder();
    }

    /**
     * What belongs to one database alone, and is made anew in another: the list of migrations, the tickets of the queue, how far Spring
     * Batch's jobs have come, which store of files goes with it.
     */
    private static boolean isOfALibrary(String table) {
        String name = table.toLowerCase(Locale.ROOT);
        return name.equals(HISTORY) || name.equals(TICKETS) || name.equals(STORE) || name.startsWith(SPRING_BATCH);
    }

    private List<Table> inOrder() throws SQLException {
        Map<String, Set<String>> waiting = new TreeMap<>();
        try (ResultSet found = about.getTables(null, schema, "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                String name = found.getString("TABLE_NAME");
                if (!isOfALibrary(name)) {
                    waiting.put(name, new TreeSet<>());
                }
            }
        }
        for (Map.Entry<String, Set<String>> entry : waiting.entrySet()) {
            try (ResultSet keys = about.getImportedKeys(null, schema, entry.getKey())) {
                while (keys.next()) {
                    entry.getValue().add(keys.getString("PKTABLE_NAME"));
                }
            }
            entry.getValue().remove(entry.getKey());
        }
        Map<String, Table> ordered = new LinkedHashMap<>();
        while (!waiting.isEmpty()) {
            String next = waiting.entrySet().stream()
                    .filter(entry -> ordered.keySet().containsAll(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("tables refer to each other: " + waiting));
            waiting.remove(next);
            ordered.put(next, new Table(next, columns(next)));
        }
        return List.copyOf(ordered.values());
    }

    private List<Column> columns(String table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet found = about.getColumns(null, schema, table.replace("_", "\\_"), "%")) {
            while (found.next()) {
                columns.add(new Column(
                        found.getString("COLUMN_NAME"),
                        type(found.getString("TYPE_NAME")),
                        "YES".equals(found.getString("IS_AUTOINCREMENT"))));
            }
        }
        if (columns.isEmpty()) {
            throw new IllegalStateException("no columns were found of " + table);
        }
        return columns;
    }

    private static Table.Type type(String named) {
        String name = named.toLowerCase(Locale.ROOT);
        if (name.contains("char") || name.equals("text")) {
            return Table.Type.TEXT;
        }
        if (name.startsWith("timestamp")) {
            return Table.Type.TIME;
        }
        if (name.startsWith("bool")) {
            return Table.Type.YES_OR_NO;
        }
        if (name.startsWith("numeric") || name.startsWith("decimal")) {
            return Table.Type.DECIMAL;
        }
        if (Set.of("bigint", "integer", "int8", "int4", "bigserial", "serial").contains(name)) {
            return Table.Type.WHOLE;
        }
        throw new IllegalStateException("no backup knows how to keep a column of type " + named);
    }
}
