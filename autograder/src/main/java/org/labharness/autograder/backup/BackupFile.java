package org.labharness.autograder.backup;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.backup.Manifest.FileEntry;
import org.labharness.autograder.backup.Manifest.TableEntry;
import org.labharness.autograder.backup.RowText.Damaged;
import org.labharness.autograder.store.Table;
import org.labharness.autograder.store.TableStore;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.ThrowawayFolder;

/** A backup that was opened. */
final class BackupFile implements AutoCloseable, TableStore.Source {
    private static final int LONGEST_MANIFEST = 64 << 20;
    /** Twice a million characters, each of them escaped. */
    private static final int LONGEST_ROW = 16 << 20;

    private final ZipFile zip;
    private final Manifest manifest;
    private final Map<String, TableEntry> tables;

    private BackupFile(ZipFile zip, Manifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
        this.tables = manifest.tables().stream().collect(Collectors.toMap(TableEntry::name, Function.identity()));
    }

    /** @throws Damaged where it is no backup, or not whole */
    static BackupFile open(Path file) {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Damaged("it is no archive, or was cut off (" + e.getMessage() + ")");
        }
        try {
            return new BackupFile(zip, manifest(zip));
        } catch (IOException | RuntimeException e) {
            try {
                zip.close();
            } catch (IOException ignored) {
                // what is told is why it was closed
            }
            throw e instanceof Damaged damaged ? damaged : new Damaged("its manifest cannot be read");
        }
    }

    private static Manifest manifest(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.NAME);
        if (entry == null) {
            throw new Damaged("it has no " + Manifest.NAME + ", so it is no backup of this program");
        }
        try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            byte[] text = in.readNBytes(LONGEST_MANIFEST);
            requireSame(entry, in);
            Manifest manifest = RowText.JSON.readValue(text, Manifest.class);
            if (!manifest.format().equals(Manifest.FORMAT)) {
                throw new Damaged("its format is '" + manifest.format() + "', expected '" + Manifest.FORMAT
                        + "'; a newer program may know it");
            }
            return manifest;
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /** Reads all of it through. */
    void verify() {
        for (TableEntry table : manifest.tables()) {
            long[] lines = {0};
            String digest = lines(table, line -> {
                if (++lines[0] > table.rows()) {
                    throw new Damaged("the table " + table.name() + " has more than its " + table.rows() + " rows");
                }
            });
            if (!digest.equals(table.sha256()) || lines[0] != table.rows()) {
                throw new Damaged("the table " + table.name() + " is not as it was written");
            }
        }
        for (FileEntry file : manifest.files()) {
            copy(file, OutputStream.nullOutputStream());
        }
    }

    /** Gives the digest of what was read. */
    private String lines(TableEntry table, Consumer<String> reader) {
        try (InputStream in = zip.getInputStream(entry(table.entry()));
                DigestInputStream digest = new DigestInputStream(in, Sha256.begin());
                BufferedReader lines = new BufferedReader(new InputStreamReader(digest, StandardCharsets.UTF_8))) {
            for (String line = line(table, lines); line != null; line = line(table, lines)) {
                reader.accept(line);
            }
            return Sha256.hex(digest.getMessageDigest());
        } catch (IOException e) {
            throw new Damaged("the table " + table.name() + " cannot be read (" + e.getMessage() + ")");
        }
    }

    /** A small archive may unpack to a line that fits into no memory. */
    private static @Nullable String line(TableEntry table, Reader in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.length() == LONGEST_ROW) {
                throw new Damaged("a row of the table " + table.name() + " is longer than any that is written");
            }
            line.append((char) next);
            next = in.read();
        }
        return line.toString();
    }

    private ZipEntry entry(String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new Damaged(name + " is missing in it");
        }
        return entry;
    }

    /** Of an archive that is read at any place nobody compares the sums that it holds. */
    private static void requireSame(ZipEntry entry, CheckedInputStream read) {
        if (entry.getCrc() != read.getChecksum().getValue()) {
            throw new Damaged(entry.getName() + " is not as it was written");
        }
    }

    /** Rows of a table; none where the backup does not know it. Columns that it does not know are null. */
    @Override
    public void rows(Table table, Consumer<List<@Nullable Object>> reader) {
        TableEntry entry = tables.get(table.name());
        if (entry == null) {
            return;
        }
        List<String> columns = table.columns().stream().map(Table.Column::name).toList();
        if (!columns.equals(entry.columns())) {
            throw new Damaged("the table " + table.name() + " has other columns than version " + manifest.schema()
                    + " of this program has");
        }
        lines(entry, line -> reader.accept(RowText.parse(table, line)));
    }

    /** Unpacks a kept file. */
    Path unpack(FileEntry file, ThrowawayFolder folder) {
        Path target = folder.path().resolve(file.digest());
        try (OutputStream out = Files.newOutputStream(target)) {
            copy(file, out);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(FileEntry file, OutputStream out) {
        ZipEntry entry = entry(file.entry());
        try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            byte[] part = new byte[1 << 16];
            long left = file.bytes();
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                left -= count;
                if (left < 0) {
                    break;
                }
                out.write(part, 0, count);
            }
            if (left != 0) {
                throw new Damaged(file.entry() + " is not as long as it was");
            }
            requireSame(entry, in);
        } catch (ZipException | EOFException e) {
            throw new Damaged(file.entry() + " cannot be read (" + e.getMessage() + ")");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
