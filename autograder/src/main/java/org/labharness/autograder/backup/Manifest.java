package org.labharness.autograder.backup;

import java.time.Instant;
import java.util.List;
import org.labharness.autograder.archive.Kind;

/**
 * What a backup says of itself.
 *
 * @param format {@link #FORMAT}
 * @param program version of the program that made it
 * @param schema version of the tables
 * @param highest the highest number that a row has
 * @param tables one comes after those that it refers to
 * @param missing digests of files that facts name and that were not there
 */
record Manifest(
        String format,
        String program,
        String schema,
        Instant made,
        long highest,
        List<TableEntry> tables,
        List<FileEntry> files,
        List<String> missing) {
    static final String FORMAT = "labharness/backup/1";
    static final String NAME = "manifest.json";

    Manifest {
        tables = List.copyOf(tables);
        files = List.copyOf(files);
        missing = List.copyOf(missing);
    }

    /**
     * A table.
     *
     * @param sha256 (hex) of its entry
     */
    record TableEntry(String name, List<String> columns, long rows, String sha256) {
        TableEntry {
            columns = List.copyOf(columns);
            if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
                throw new IllegalArgumentException("no name of a table: " + name);
            }
        }

        String entry() {
            return "tables/" + name + ".jsonl";
        }
    }

    /** A kept file. */
    record FileEntry(Kind kind, String digest, long bytes) {
        FileEntry {
            // It becomes the name of a file, and whoever sends an archive may write anything there.
            if (!digest.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("no digest: " + digest);
            }
        }

        String entry() {
            return "store/" + kind + "/" + digest;
        }
    }

    long rows() {
        return tables.stream().mapToLong(TableEntry::rows).sum();
    }

    long bytes() {
        return files.stream().mapToLong(FileEntry::bytes).sum();
    }
}
