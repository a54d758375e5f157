package org.labharness.probe.table;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Table} in a file. Big-endian: the magic number, rows, columns; for each column its group, its name, a byte for its kind,
 * then its values. A text is its length in bytes and those bytes in UTF-8.
 */
public final class TableFile {
    /** More than any model has inputs or outputs that a person would look at. */
    public static final int MOST_COLUMNS = 10_000;

    private static final int MAGIC = 0x4c544231;
    private static final byte NUMBERS = 1;
    private static final byte TEXTS = 2;
    private static final int LONGEST_TEXT = 1 << 16;

    private TableFile() {}

    /** Writes the file anew. */
    public static void write(Path file, Table table) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(MAGIC);
            out.writeInt(table.rows());
            out.writeInt(table.columns().size());
            for (Column column : table.columns()) {
                text(out, column.group());
                text(out, column.name());
                switch (column) {
                    case Column.Numbers numbers -> {
                        out.writeByte(NUMBERS);
                        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * numbers.values().length);
                        bytes.asDoubleBuffer().put(numbers.values());
                        out.write(bytes.array());
                    }
                    case Column.Texts texts -> {
                        out.writeByte(TEXTS);
                        for (String value : texts.values()) {
                            text(out, value);
                        }
                    }
                }
            }
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_TEXT) {
            throw new IOException("a text of " + bytes.length + " bytes: at most " + LONGEST_TEXT + " are possible");
        }
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads the file, whoever wrote it.
     *
     * @param mostBytes size that is not exceeded
     * @throws IOException where it is no such file, larger, or not whole
     */
    public static Table read(Path file, long mostBytes) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("no plain file");
        }
        ByteBuffer bytes = content(file, (int) Math.min(mostBytes, Integer.MAX_VALUE - 16));
        if (need(bytes, 12).getInt() != MAGIC) {
            throw new IOException("not a table");
        }
        int rows = bytes.getInt();
        int columns = bytes.getInt();
        if (rows < 0 || columns < 0 || columns > MOST_COLUMNS) {
            throw new IOException(rows + " rows, " + columns + " columns");
        }
        List<Column> read = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            read.add(column(bytes, rows));
        }
        if (bytes.hasRemaining()) {
            throw new IOException(bytes.remaining() + " bytes too many");
        }
        return new Table(rows, read);
    }

    private static ByteBuffer content(Path file, int most) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.size() > most) {
                throw new IOException(channel.size() + " bytes, at most " + most + " are read");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            return bytes.flip();
        }
    }

    private static Column column(ByteBuffer bytes, int rows) throws IOException {
        String group = text(bytes);
        String name = text(bytes);
        byte kind = need(bytes, 1).get();
        return switch (kind) {
            case NUMBERS -> {
                double[] values = new double[rows(bytes, rows, Double.BYTES)];
                bytes.asDoubleBuffer().get(values);
                bytes.position(bytes.position() + Double.BYTES * rows);
                yield new Column.Numbers(group, name, values);
            }
            case TEXTS -> {
                String[] values = new String[rows(bytes, rows, Integer.BYTES)];
                for (int row = 0; row < rows; row++) {
                    values[row] = text(bytes);
                }
                yield new Column.Texts(group, name, values);
            }
            default -> throw new IOException("no kind of column is called " + kind);
        };
    }

    /** The rows, where so many fit into what is left: nothing is allocated on the file's word alone. */
    private static int rows(ByteBuffer bytes, int rows, int least) throws IOException {
        if (rows > bytes.remaining() / least) {
            throw new IOException("it ends too early");
        }
        return rows;
    }

    private static String text(ByteBuffer bytes) throws IOException {
        int length = need(bytes, Integer.BYTES).getInt();
        if (length < 0 || length > LONGEST_TEXT) {
            throw new IOException("a text of " + length + " bytes");
        }
        byte[] text = new byte[length];
        need(bytes, length).get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static ByteBuffer need(ByteBuffer bytes, int count) throws IOException {
        if (bytes.remaining() < count) {
            throw new IOException("it ends too early");
        }
        return bytes;
    }
}
