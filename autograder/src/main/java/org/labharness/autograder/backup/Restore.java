package org.labharness.autograder.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.backup.Manifest.FileEntry;
import org.labharness.autograder.backup.RowText.Damaged;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.TableStore;
import org.labharness.autograder.store.Upgrade;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.ThrowawayFolder;

/** Brings back what a backup holds: all of it, or nothing. */
public final class Restore {
    private final Database database;
    private final TableStore store;
    private final Archive archive;

    public Restore(Database database, Archive archive) {
        this.database = database;
        this.store = new TableStore(database);
        this.archive = archive;
    }

    /** Whether the database holds nothing that a backup would take the place of. */
    public boolean ontoNothing() {
        return store.isEmpty();
    }

    /**
     * What was brought back.
     *
     * @param made when the backup was made
     * @param missing files that facts name and that were not in the backup
     */
    public record Restored(Instant made, int tables, long rows, int files, long bytes, List<String> missing) {
        public Restored {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Reads a backup through, then lets the database hold what is in it, and nothing else. Files are kept beside those that are there.
     *
     * @throws SystemBroke where the backup is damaged or of a newer program, and nothing was changed
     */
    public Restored from(Path file) {
        try (BackupFile backup = BackupFile.open(file)) {
            Manifest manifest = backup.manifest();
            if (!database.knows(manifest.schema())) {
                throw new SystemBroke(
                        Breakdown.DATABASE,
                        "The backup " + file + " was made by a newer program: its tables are of version "
                                + manifest.schema() + ", this program knows up to " + database.version()
                                + ". Nothing was changed. Use the newer program.");
            }
            backup.verify();
            keep(backup);
            load(backup, manifest);
            return new Restored(
                    manifest.made(),
                    manifest.tables().size(),
                    manifest.rows(),
                    manifest.files().size(),
                    manifest.bytes(),
                    manifest.missing());
        } catch (Damaged damaged) {
            throw new SystemBroke(
                    Breakdown.DATABASE,
                    "The backup " + file + " is damaged: " + damaged.getMessage() + ". No fact was changed.",
                    damaged);
        } catch (IOException | UncheckedIOException e) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL,
                    "The backup " + file + " cannot be restored: " + e.getMessage() + ". No fact was changed.",
                    e);
        }
    }

    private void keep(BackupFile backup) {
        try (ThrowawayFolder scratch = archive.scratch()) {
            for (FileEntry file : backup.manifest().files()) {
                if (!archive.take(file.kind(), file.digest(), backup.unpack(file, scratch))) {
                    throw new Damaged("what is in " + file.entry() + " has another digest");
                }
            }
        }
    }

    private void load(BackupFile backup, Manifest manifest) {
        if (manifest.schema().equals(database.version())) {
            store.replaceAll(backup, manifest.highest());
            return;
        }
        try (ThrowawayFolder scratch = archive.scratch();
                Upgrade upgrade = Upgrade.of(backup, manifest.schema(), scratch.path())) {
            store.replaceAll(upgrade.source(), manifest.highest());
        }
    }
}
