package org.labharness.pipeline.collect.mlflow;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of real tables, whichever of the wanted columns they have. A view or a virtual table in the place of a table is not read:
 * what it answers is a program of whoever wrote the file.
 */
final class SqliteTables {
    private static final int LONGEST = 8_000;

    private final Connection connection;
    private final int mostRows;

    SqliteTables(Connection connection, int mostRows) {
        this.connection = connection;
        this.mostRows = mostRows;
    }

    /** A row; a column that the table lacks, or that is null, reads as empty text. */
    interface Row {
        String text(int column);

        /** Not a number where it is none. */
        double number(int column);
    }

    interface RowReader {
        void read(Row row);
    }

    boolean has(String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? AND rootpage > 0"
                        + " AND sql NOT LIKE 'CREATE VIRTUAL%'")) {
            query.setString(1, table);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** @return whether all rows were read; true where there is no such table */
    boolean each(String table, List<String> columns, String order, RowReader reader) throws SQLException {
        if (!has(table)) {
            return true;
        }
        Set<String> there = columns(table);
        List<String> selected = columns.stream()
                .map(column -> there.contains(column) ? "substr(\"" + column + "\", 1, " + LONGEST + ")" : "NULL")
                .toList();
        String sorted = there.contains(order) ? " ORDER BY \"" + order + "\"" : "";
        String sql = "SELECT " + String.join(", ", selected) + " FROM \"" + table + "\"" + sorted + " LIMIT "
                + (mostRows + 1);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Row row = new ResultRow(rows);
            for (int count = 0; rows.next(); count++) {
                if (count == mostRows) {
                    return false;
                }
                reader.read(row);
            }
            return true;
        } catch (UncheckedSql e) {
            throw e.problem;
        }
    }

    private Set<String> columns(String table) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT name FROM pragma_table_info(?)")) {
            query.setString(1, table);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
        }
        return columns;
    }

    private record ResultRow(ResultSet rows) implements Row {
        @Override
        public String text(int column) {
            try {
                @Nullable String text = rows.getString(column);
                return text == null ? "" : text;
            } catch (SQLException e) {
                throw new UncheckedSql(e);
            }
        }

        @Override
        public double number(int column) {
            try {
                return Double.parseDouble(text(column));
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }
    }

    private static final class UncheckedSql extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final SQLException problem;

        UncheckedSql(SQLException problem) {
            super(problem);
            this.problem = problem;
        }
    }
}
