package org.labharness.autograder.store;

import java.util.List;

/**
 * A table as any database has it.
 *
 * @param columns in their order
 */
public record Table(String name, List<Column> columns) {
    public Table {
        columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param numbered whether the database gives its values, one more each time
     */
    public record Column(String name, Type type, boolean numbered) {}

    /** What a column holds. */
    public enum Type {
        TEXT,
        WHOLE,
        DECIMAL,
        YES_OR_NO,
        TIME
    }

    List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }
}
