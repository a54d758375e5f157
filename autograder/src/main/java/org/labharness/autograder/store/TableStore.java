package org.labharness.autograder.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.store.Table.Column;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads and replaces whole tables, in values that do not depend on the kind of database. */
public final class TableStore {
    private static final int AT_ONCE = 500;

    private final Database database;
    private final JdbcTemplate template;

    public TableStore(Database database) {
        this.database = database;
        this.template =
                new JdbcTemplate(Objects.requireNonNull(database.template().getDataSource()));
        template.setFetchSize(AT_ONCE);
    }

    /** All tables; one comes after those that it refers to. */
    public List<Table> tables() {
        return Objects.requireNonNull(database.reading(() -> template.execute(TableReader::tables)));
    }

    /** Whether no table holds a row. */
    public boolean isEmpty() {
        return database.reading(() -> tables().stream().allMatch(table -> count(table) == 0));
    }

    private long count(Table table) {
        return Objects.requireNonNull(template.queryForObject("select count(*) from " + table.name(), Long.class));
    }

    /** Reads several tables as they were at one moment. */
    public void reading(Runnable work) {
        database.reading(() -> {
            work.run();
            return true;
        });
    }

    /** Every row of a table: {@link String}, {@link Long}, {@link BigDecimal}, {@link Boolean}, {@link Instant} or null. */
    public void rows(Table table, Consumer<List<@Nullable Object>> reader) {
        template.query(
                "select " + String.join(", ", table.columnNames()) + " from " + table.name() + " order by 1", row -> {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int i = 0; i < table.columns().size(); i++) {
                        values.add(value(row, i + 1, table.columns().get(i)));
                    }
                    reader.accept(values);
                });
    }

    private static @Nullable Object value(ResultSet row, int index, Column column) throws SQLException {
        Object value = switch (column.type()) {
            case TEXT -> row.getString(index);
            case WHOLE -> row.getLong(index);
            case DECIMAL -> row.getBigDecimal(index);
            case YES_OR_NO -> row.getBoolean(index);
            case TIME -> {
                OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
                yield time == null ? null : time.toInstant();
            }
        };
        return row.wasNull() ? null : value;
    }

    /** Gives the rows of a table, as {@link #rows} does. */
    public interface Source {
        void rows(Table table, Consumer<List<@Nullable Object>> reader);
    }

    /**
     * Lets all tables hold other rows, all of them or none.
     *
     * @param highest the highest number that the source has given to a row
     */
    public void replaceAll(Source source, long highest) {
        List<Table> tables = tables();
        numberFrom(tables, highest + 1);
        database.inTransaction(() -> {
            List<Table> backwards = new ArrayList<>(tables);
            Collections.reverse(backwards);
            backwards.forEach(table -> template.update("delete from " + table.name()));
            tables.forEach(table -> load(table, source));
            return true;
        });
    }

    /** Before anything is loaded: H2 would take it for the end of the transaction. Numbers that are left out harm nobody. */
    private void numberFrom(List<Table> tables, long first) {
        for (Table table : tables) {
            for (Column column : table.columns()) {
                if (column.numbered()) {
                    database.inTransaction(() -> {
                        long own = Objects.requireNonNull(template.queryForObject(
                                "select coalesce(max(" + column.name() + "), 0) + 1 from " + table.name(), Long.class));
                        template.execute("alter table " + table.name() + " alter column " + column.name()
                                + " restart with " + Math.max(first, own));
                        return true;
                    });
                }
            }
        }
    }

    private void load(Table table, Source source) {
        String insert = "insert into " + table.name() + " (" + String.join(", ", table.columnNames()) + ") values ("
                + String.join(", ", Collections.nCopies(table.columns().size(), "?")) + ")";
        List<Object[]> some = new ArrayList<>(AT_ONCE);
        source.rows(table, row -> {
            some.add(row.stream().map(TableStore::kept).toArray());
            if (some.size() == AT_ONCE) {
                template.batchUpdate(insert, some);
                some.clear();
            }
        });
        template.batchUpdate(insert, some);
    }

    private static @Nullable Object kept(@Nullable Object value) {
        return switch (value) {
            case String text -> Rows.text(text);
            case Instant time -> Rows.time(time);
            case null -> null;
            default -> value;
        };
    }
}
