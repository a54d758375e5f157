package org.labharness.autograder.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A CSV file with a line of names: UTF-8 with or without a byte order mark, UTF-16 with one; commas, semicolons or tabs, whichever the
 * first line holds most of, or what a line such as {@code sep=;} before it says.
 *
 * @param columns as they are written, without blanks around them
 */
public record CsvTable(String file, List<String> columns, List<Row> rows) {
    private static final long MAX_BYTES = 32L << 20;
    private static final int MAX_ROWS = 200_000;
    private static final int MAX_COLUMNS = 1_000;

    public CsvTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A line.
     *
     * @param line where it begins, from 1
     * @param cells by the lower-case name of their column, without blanks around them
     */
    public record Row(long line, Map<String, String> cells) {
        public Row {
            cells = Map.copyOf(cells);
        }

        /** What stands in a column; empty where there is no such column or nothing in it. */
        public Optional<String> get(String column) {
            return Optional.ofNullable(cells.get(column.toLowerCase(Locale.ROOT)))
                    .filter(cell -> !cell.isEmpty());
        }
    }

    public boolean has(String column) {
        return columns.stream().anyMatch(column::equalsIgnoreCase);
    }

    /**
     * Reads a file.
     *
     * @throws InvalidTable where it is no such table, with the line
     * @throws UncheckedIOException where the disk fails
     */
    public static CsvTable read(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (!Files.isRegularFile(file)) {
                throw new InvalidTable(name, List.of("there is no file " + file + "."));
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new InvalidTable(
                        name, List.of("it has " + Files.size(file) + " bytes, at most " + MAX_BYTES + " are read."));
            }
            return parse(name, text(name, Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /**
     * What bytes say that came from somewhere else than a file; {@code name} is what messages call it.
     *
     * @throws InvalidTable where they are no text
     */
    public static String text(String name, byte[] bytes) {
        return CsvEncoding.text(name, bytes);
    }

    /** @param name what messages call it */
    public static CsvTable parse(String name, String given) {
        CsvDialect dialect = CsvDialect.of(given);
        String text = dialect.text();
        List<Row> rows = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(dialect.separator())
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text)) {
            for (CsvRecord line : reader) {
                if (columns.isEmpty() && line.getFields().stream().allMatch(String::isBlank)) {
                    continue;
                }
                if (columns.isEmpty()) {
                    columns.addAll(columns(name, line));
                } else if (rows.size() >= MAX_ROWS) {
                    throw new InvalidTable(name, List.of("it has more than " + MAX_ROWS + " lines."));
                } else {
                    row(columns, line, rows, problems);
                }
            }
        } catch (CsvParseException e) {
            problems.add(CsvDialect.words(e));
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory is always read", e);
        }
        dialect.openQuote().ifPresent(problems::add);
        if (columns.isEmpty()) {
            problems.add("it holds nothing; expected a first line with the names of the columns.");
        }
        if (!problems.isEmpty()) {
            throw new InvalidTable(name, problems);
        }
        return new CsvTable(name, columns, rows);
    }

    private static List<String> columns(String name, CsvRecord line) {
        List<String> columns = line.getFields().stream().map(CsvDialect::bare).toList();
        List<String> problems = new ArrayList<>();
        if (columns.size() > MAX_COLUMNS) {
            throw new InvalidTable(
                    name, List.of("it has " + columns.size() + " columns, at most " + MAX_COLUMNS + "."));
        }
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i).toLowerCase(Locale.ROOT);
            boolean twice = columns.subList(0, i).stream().anyMatch(column::equalsIgnoreCase);
            if (twice && !column.isEmpty()) {
                problems.add("line " + line.getStartingLineNumber() + ": the column '" + columns.get(i)
                        + "' is there twice. Remove or rename one.");
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidTable(name, problems);
        }
        return columns;
    }

    private static void row(List<String> columns, CsvRecord line, List<Row> rows, List<String> problems) {
        if (line.getFieldCount() > columns.size()
                && line.getFields().subList(columns.size(), line.getFieldCount()).stream()
                        .anyMatch(cell -> !cell.isBlank())) {
            problems.add("line " + line.getStartingLineNumber() + ": it has " + line.getFieldCount()
                    + " cells, the first line " + columns.size()
                    + " names. A comma in a cell? Put the cell in double quotes.");
            return;
        }
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(columns.size(), line.getFieldCount()); i++) {
            if (!columns.get(i).isEmpty()) {
                cells.put(columns.get(i).toLowerCase(Locale.ROOT), CsvDialect.bare(line.getField(i)));
            }
        }
        if (cells.values().stream().anyMatch(cell -> !cell.isEmpty())) {
            rows.add(new Row(line.getStartingLineNumber(), cells));
        }
    }
}
