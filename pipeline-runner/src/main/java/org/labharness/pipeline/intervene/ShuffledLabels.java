package org.labharness.pipeline.intervene;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.labharness.pipeline.evidence.InterventionFacts.Changed;

/**
 * The values of one column of a table in another order. Which order follows from the table, so that the same submission is always asked the
 * same.
 */
final class ShuffledLabels {
    private static final long LARGEST = 128L << 20;
    private static final int MOST_CELLS = 20_000_000;
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();
    private static final String DELIMITERS = ",;\t|";

    private final TreeEdit edit;

    ShuffledLabels(TreeEdit edit) {
        this.edit = edit;
    }

    Change make(String path, String label) throws IOException {
        if (!edit.tree().isFile(path)) {
            return Change.theirs("There is no file " + path + ", so its labels could not be shuffled.");
        }
        Optional<byte[]> content = edit.tree().open(path, LARGEST).content();
        if (content.isEmpty()) {
            return Change.ours(path + " is larger than the " + (LARGEST >> 20) + " MiB that are shuffled.");
        }
        // Every byte is a letter: whatever the encoding, all other cells come out as they went in.
        String text = new String(content.get(), StandardCharsets.ISO_8859_1);
        String first = text.lines().findFirst().orElse("");
        char delimiter = delimiter(first);
        List<List<String>> rows;
        try {
            rows = rows(text, delimiter);
        } catch (IOException e) {
            return Change.theirs(path + " cannot be read as a table: " + e.getMessage() + ".");
        }
        int column = rows.isEmpty() ? -1 : column(rows.getFirst(), label);
        if (column < 0) {
            return Change.theirs(
                    path + " has no column " + label + " in its first line, so no labels could be shuffled.");
        }
        shuffle(rows, column, content.get());
        edit.write(path, printed(rows, delimiter, text.contains("\r\n")).getBytes(StandardCharsets.ISO_8859_1));
        return Change.made(
                "the values of the column " + label + " in " + path + " were shuffled", List.of(Changed.of(path)));
    }

    private static char delimiter(String header) {
        char best = ',';
        for (char candidate : DELIMITERS.toCharArray()) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char letter) {
        return text.chars().filter(each -> each == letter).count();
    }

    private static List<List<String>> rows(String text, char delimiter) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        long cells = 0;
        try (MappingIterator<String[]> all = CSV.readerFor(String[].class)
                .with(CsvSchema.emptySchema().withColumnSeparator(delimiter))
                .readValues(text)) {
            while (all.hasNext()) {
                String[] row = all.next();
                cells += row.length;
                if (cells > MOST_CELLS) {
                    throw new IOException("more than " + MOST_CELLS + " cells");
                }
                rows.add(new ArrayList<>(List.of(row)));
            }
        } catch (RuntimeException e) {
            // what the reader's iterator wraps its complaints in
            throw new IOException(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        }
        return rows;
    }

    /** A mark of the byte order may stand before the first name, and blanks around each. */
    private static int column(List<String> header, String label) {
        String bytes = new String(label.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i)
                    .replaceFirst("^\u00ef\u00bb\u00bf\"?", "")
                    .replaceFirst("\"$", "")
                    .strip();
            if (name.equals(bytes)) {
                return i;
            }
        }
        return -1;
    }

    private static void shuffle(List<List<String>> rows, int column, byte[] seed) {
        List<List<String>> labelled = rows.subList(1, rows.size()).stream()
                .filter(row -> row.size() > column)
                .toList();
        List<String> labels =
                new ArrayList<>(labelled.stream().map(row -> row.get(column)).toList());
        Collections.shuffle(labels, new Random(seed(seed)));
        for (int i = 0; i < labelled.size(); i++) {
            labelled.get(i).set(column, labels.get(i));
        }
    }

    private static long seed(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return java.nio.ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String printed(List<List<String>> rows, char delimiter, boolean windows) throws IOException {
        CsvSchema schema =
                CsvSchema.emptySchema().withColumnSeparator(delimiter).withLineSeparator(windows ? "\r\n" : "\n");
        StringWriter text = new StringWriter();
        try (SequenceWriter writer = CSV.writer(schema).writeValues(text)) {
            for (List<String> row : rows) {
                writer.write(row);
            }
        }
        return text.toString();
    }
}
