package org.labharness.autograder.backup;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.archive.Kept;
import org.labharness.autograder.backup.Manifest.FileEntry;
import org.labharness.autograder.backup.Manifest.TableEntry;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.ReferenceStore;
import org.labharness.autograder.store.Table;
import org.labharness.autograder.store.Table.Column;
import org.labharness.autograder.store.TableStore;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** Makes one file of all facts of a database, as they are at one moment, and of the files that they name. */
public final class Backup {
    private final TableStore store;
    private final Database database;
    private final Archive archive;
    private final String program;

    /** @param program version of the program */
    public Backup(Database database, Archive archive, String program) {
        this.database = database;
        this.store = new TableStore(database);
        this.archive = archive;
        this.program = program;
    }

    /**
     * What was put into a backup.
     *
     * @param missing files that facts name and that are not there, or damaged
     */
    public record Made(int tables, long rows, int files, long bytes, List<String> missing) {
        public Made {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Writes a backup, whole or not at all. Only its owner may read it: it holds names, mail addresses and grades.
     *
     * @param file that does not exist yet
     */
    public Made write(Path file, Instant now) {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Manifest manifest;
            try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
                manifest = write(zip, now);
            }
            Files.createLink(file, part); // unlike a move this never takes another file's place
            Files.delete(part);
            return new Made(
                    manifest.tables().size(),
                    manifest.rows(),
                    manifest.files().size(),
                    manifest.bytes(),
                    manifest.missing());
        } catch (FileAlreadyExistsException e) {
            throw unwritable(file, "it is there already", e);
        } catch (IOException e) {
            throw unwritable(file, String.valueOf(e.getMessage()), e);
        } catch (UncheckedIOException e) {
            throw unwritable(file, String.valueOf(e.getCause()), e);
        } finally {
            part.toFile().delete();
        }
    }

    private static SystemBroke unwritable(Path file, String why, Exception e) {
        return new SystemBroke(
                Breakdown.DISK_FULL, "The backup " + file + " cannot be written: " + why + ". Nothing was written.", e);
    }

    private Manifest write(ZipOutputStream zip, Instant now) throws IOException {
        List<TableEntry> tables = new ArrayList<>();
        long[] highest = {0};
        List<Set<String>> named = new ArrayList<>();
        store.reading(() -> {
            for (Table table : store.tables()) {
                tables.add(table(zip, table, highest));
            }
            named.add(new ReferenceStore(database).read().named());
        });
        List<FileEntry> files = new ArrayList<>();
        List<String> missing = files(zip, named.getFirst(), files);
        Manifest manifest =
                new Manifest(Manifest.FORMAT, program, database.version(), now, highest[0], tables, files, missing);
        zip.putNextEntry(new ZipEntry(Manifest.NAME));
        zip.write(RowText.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
        zip.closeEntry();
        return manifest;
    }

    private TableEntry table(ZipOutputStream zip, Table table, long[] highest) {
        List<String> columns = table.columns().stream().map(Column::name).toList();
        long[] rows = {0};
        DigestOutputStream out = new DigestOutputStream(new Unclosed(zip), Sha256.begin());
        try {
            zip.putNextEntry(new ZipEntry(new TableEntry(table.name(), columns, 0, "").entry()));
            store.rows(table, row -> {
                write(out, row);
                rows[0]++;
                highest[0] = Math.max(highest[0], number(table, row));
            });
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TableEntry(table.name(), columns, rows[0], Sha256.hex(out.getMessageDigest()));
    }

    private static void write(OutputStream out, List<@Nullable Object> row) {
        try {
            out.write((RowText.of(row) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Table table, List<@Nullable Object> row) {
        long highest = 0;
        for (int i = 0; i < row.size(); i++) {
            if (table.columns().get(i).numbered() && row.get(i) instanceof Long number) {
                highest = Math.max(highest, number);
            }
        }
        return highest;
    }

    private List<String> files(ZipOutputStream zip, Set<String> named, List<FileEntry> files) throws IOException {
        Set<String> missing = new TreeSet<>(named);
        zip.setLevel(0); // they are packed already
        for (Kept kept : archive.list()) {
            if (named.contains(kept.digest()) && add(zip, kept, files)) {
                missing.remove(kept.digest());
            }
        }
        return List.copyOf(missing);
    }

    private boolean add(ZipOutputStream zip, Kept kept, List<FileEntry> files) throws IOException {
        Path file;
        try {
            file = archive.verified(kept.kind(), kept.digest());
        } catch (SystemBroke damaged) {
            return false; // is told as missing
        }
        FileEntry entry = new FileEntry(kept.kind(), kept.digest(), kept.bytes());
        zip.putNextEntry(new ZipEntry(entry.entry()));
        Files.copy(file, zip);
        zip.closeEntry();
        files.add(entry);
        return true;
    }

    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            out.write(bytes, start, length);
        }

        @Override
        public void close() {
            // the archive goes on
        }
    }
}
