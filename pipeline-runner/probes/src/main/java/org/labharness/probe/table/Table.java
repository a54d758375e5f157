package org.labharness.probe.table;

import java.util.List;

/**
 * Features that go into a container, or what a model makes of them.
 *
 * @param columns each of {@code rows} rows
 */
public record Table(int rows, List<Column> columns) {
    public Table {
        columns = List.copyOf(columns);
        for (Column column : columns) {
            if (column.rows() != rows) {
                throw new IllegalArgumentException(
                        "column " + column.name() + " has " + column.rows() + " rows, the table " + rows);
            }
        }
    }
}
