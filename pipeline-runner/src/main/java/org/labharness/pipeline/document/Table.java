package org.labharness.pipeline.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A table in a text file, its columns separated by commas, semicolons, tabs or bars, their names in the first line. Every byte is taken for a
 * letter: whatever the encoding, cells come out as they went in.
 */
public final class Table {
    /** Larger tables are not read; bytes. */
    public static final long LARGEST = 128L << 20;

    private static final int MOST_CELLS = 20_000_000;
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();
    private static final String DELIMITERS = ",;\t|";
    /** The mark of the byte order in UTF-8, as the letters that its bytes are taken for. */
    private static final String MARK = "\u00ef\u00bb\u00bf";

    private final CsvSchema form;
    private final List<List<String>> rows;
    private final String mark;

    private Table(CsvSchema form, List<List<String>> rows, String mark) {
        this.form = form;
        this.rows = rows;
        this.mark = mark;
    }

    /**
     * Reads a table.
     *
     * @throws IOException in words, where the text is no table or too large a one
     */
    public static Table read(byte[] content) throws IOException {
        return read(content, MOST_CELLS);
    }

    /** The same with at most so many cells. */
    public static Table read(byte[] content, int most) throws IOException {
        String all = new String(content, StandardCharsets.ISO_8859_1);
        String mark = all.startsWith(MARK) ? MARK : "";
        String text = all.substring(mark.length());
        CsvSchema form = CsvSchema.emptySchema()
                .withColumnSeparator(delimiter(text.lines().findFirst().orElse("")))
                .withLineSeparator(text.contains("\r\n") ? "\r\n" : "\n");
        List<List<String>> rows = new ArrayList<>();
        long cells = 0;
        try (MappingIterator<String[]> each =
                CSV.readerFor(String[].class).with(form).readValues(text)) {
            while (each.hasNextValue()) {
                String[] row = each.nextValue();
                cells += row.length;
                if (cells > most) {
                    throw new IOException("it has more than " + most + " cells");
                }
                rows.add(new ArrayList<>(List.of(row)));
            }
        } catch (JsonProcessingException e) {
            throw new IOException(
                    e.getOriginalMessage().lines().findFirst().orElse(""), e); // without the text around the place
        }
        return new Table(form, rows, mark);
    }

    private static char delimiter(String header) {
        char best = ',';
        for (int i = 0; i < DELIMITERS.length(); i++) {
            char candidate = DELIMITERS.charAt(i);
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char letter) {
        return text.chars().filter(each -> each == letter).count();
    }

    /** The number of a column, from 0; -1 where no column has that name. */
    public int column(String name) {
        String bytes = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        if (rows.isEmpty()) {
            return -1;
        }
        List<String> header = rows.getFirst().stream().map(String::strip).toList();
        return header.indexOf(bytes);
    }

    /** All rows, the names first, as text in UTF-8. */
    public List<List<String>> rows() {
        return rows.stream().map(Table::texts).toList();
    }

    private static List<String> texts(List<String> row) {
        return row.stream()
                .map(cell -> new String(cell.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip())
                .toList();
    }

    /** The first row as text in UTF-8; there must be one. */
    List<String> names() {
        return texts(rows.getFirst());
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** All rows, their bytes taken for letters. */
    List<List<String>> cells() {
        return rows;
    }

    /** A table of this form with other rows. */
    Table with(List<List<String>> others) {
        return new Table(form, others, mark);
    }

    /**
     * The rows of another table in the form of this one: its separator, its columns in their order, its decimals. Columns that this one
     * lacks are left out.
     *
     * @throws IOException in words, where the other's rows cannot have that form; "it" is the other one
     */
    public Table filledWith(Table other) throws IOException {
        return new OtherRows(this, other).inForm();
    }

    /** Whether another table is written in the same form and has the same cells. */
    public boolean isSame(Table other) {
        return form.getColumnSeparator() == other.form.getColumnSeparator()
                && Arrays.equals(form.getLineSeparator(), other.form.getLineSeparator())
                && mark.equals(other.mark)
                && rows.equals(other.rows);
    }

    /** Puts the values of a column into another order; rows without the column stay as they are. */
    public void shuffle(int column, long seed) {
        List<List<String>> whole = rows.subList(1, rows.size()).stream()
                .filter(row -> row.size() > column)
                .toList();
        List<String> values = new ArrayList<>();
        whole.forEach(row -> values.add(row.get(column)));
        Collections.shuffle(values, new Random(seed));
        for (int i = 0; i < whole.size(); i++) {
            whole.get(i).set(column, values.get(i));
        }
    }

    /**
     * Puts rows of another table between these, spread by chance, their decimals written as those of the column are. A column that the
     * other table lacks gets the value of the row above.
     *
     * @param other with columns of the same names
     * @throws IOException in words, where a column of the other is not in this one
     */
    public void plant(Table other, long seed) throws IOException {
        List<String> header = rows.getFirst();
        List<Integer> places = new ArrayList<>();
        for (String name : other.rows().getFirst()) {
            int place = column(name);
            if (place < 0) {
                throw new IOException("it has no column " + name);
            }
            places.add(place);
        }
        List<DecimalMark> marks = marks(places);
        Random chance = new Random(seed);
        for (List<String> planted : other.rows.subList(1, other.rows.size())) {
            int at = 1 + chance.nextInt(rows.size());
            List<String> row = new ArrayList<>(at > 1 ? rows.get(at - 1) : Collections.nCopies(header.size(), ""));
            while (row.size() < header.size()) {
                row.add("");
            }
            for (int cell = 0; cell < Math.min(planted.size(), places.size()); cell++) {
                row.set(places.get(cell), marks.get(cell).written(planted.get(cell)));
            }
            rows.add(at, row);
        }
    }

    /**
     * A column in which it cannot be told how numbers of another table would have to be written, since some have decimal points and some
     * have commas; empty where there is none.
     */
    public Optional<String> unclear(Table other) {
        List<String> names = other.rows().getFirst();
        for (int i = 0; i < names.size(); i++) {
            boolean isUnclear = column(names.get(i)) >= 0
                    && DecimalMark.of(cells(column(names.get(i)))) == DecimalMark.UNCLEAR
                    && other.cells(i).stream().anyMatch(DecimalMark::isDecimal);
            if (isUnclear) {
                return Optional.of(names.get(i));
            }
        }
        return Optional.empty();
    }

    /** Those of columns; one that does not tell has that of the others, if they have one. */
    List<DecimalMark> marks(List<Integer> columns) {
        List<DecimalMark> own =
                columns.stream().map(column -> DecimalMark.of(cells(column))).toList();
        DecimalMark common = own.contains(DecimalMark.POINT)
                ? own.contains(DecimalMark.COMMA) ? DecimalMark.NONE : DecimalMark.POINT
                : own.contains(DecimalMark.COMMA) ? DecimalMark.COMMA : DecimalMark.NONE;
        List<DecimalMark> marks = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            boolean grouped = own.get(i) == DecimalMark.COMMA
                    && own.contains(DecimalMark.POINT)
                    && DecimalMark.mayGroup(cells(columns.get(i)));
            marks.add(grouped ? DecimalMark.POINT : own.get(i) == DecimalMark.NONE ? common : own.get(i));
        }
        return marks;
    }

    /** Whether there are commas in numbers, all of which may as well part thousands. */
    boolean mayGroup() {
        List<List<String>> commas = IntStream.range(0, rows.getFirst().size())
                .mapToObj(this::cells)
                .filter(cells -> DecimalMark.of(cells) == DecimalMark.COMMA)
                .toList();
        return !commas.isEmpty() && commas.stream().allMatch(DecimalMark::mayGroup);
    }

    private List<String> cells(int column) {
        return rows.subList(1, rows.size()).stream()
                .filter(row -> row.size() > column)
                .map(row -> row.get(column))
                .toList();
    }

    /** The table as text in the form that it was read in. */
    public byte[] bytes() throws IOException {
        StringWriter text = new StringWriter().append(mark);
        try (SequenceWriter writer = CSV.writer(form).writeValues(text)) {
            for (List<String> row : rows) {
                writer.write(row);
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
