package org.labharness.autograder.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes CSV as RFC 4180 has it: commas, double quotes, CR LF.
 *
 * <p>A spreadsheet takes a cell for a formula that begins with {@code = + - @}, a tab or a line break, and runs it. Such a cell of
 * people's words gets an apostrophe before it, which spreadsheets take for "this is text" (OWASP, "CSV injection"). So does what follows
 * a semicolon or a tab, by which spreadsheets of other countries divide cells, quoted or not. Numbers stay numbers.
 */
public final class CsvText {
    private static final Pattern FORMULA =
            Pattern.compile("(^|[;\t](?=[ \"]*[^\t\r\n]))(?=[ \"]*[=+@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20-])");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final List<List<String>> lines = new ArrayList<>();

    /** A cell. */
    public sealed interface Cell {
        /** What people wrote. */
        record Words(String text) implements Cell {}

        /** A number, or a word of the program's own in place of one. */
        record Figure(String text) implements Cell {}
    }

    public static Cell words(String text) {
        return new Cell.Words(text);
    }

    public static Cell figure(String text) {
        return new Cell.Figure(text);
    }

    public CsvText line(List<Cell> cells) {
        lines.add(cells.stream().map(CsvText::safe).toList());
        return this;
    }

    private static String safe(Cell cell) {
        return switch (cell) {
            case Cell.Figure figure -> figure.text();
            case Cell.Words words -> FORMULA.matcher(words.text()).replaceAll("$1'");
        };
    }

    /** @param mark whether a byte order mark comes first, by which Excel knows UTF-8 */
    public String write(boolean mark) {
        StringWriter text = new StringWriter();
        if (mark) {
            text.append(BYTE_ORDER_MARK);
        }
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            lines.forEach(writer::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written to", e);
        }
        return text.toString();
    }
}
