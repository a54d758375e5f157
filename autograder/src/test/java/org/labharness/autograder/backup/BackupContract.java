package org.labharness.autograder.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.archive.Kept;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.FullCourse;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.autograder.store.Table;
import org.labharness.autograder.store.TableStore;

/** A backup of one kind of database is restored into another, or the same. */
abstract class BackupContract {
    static final Instant NOW = Instant.parse("2026-12-20T12:00:00Z");

    @TempDir
    Path folder;

    abstract DatabaseAddress from();

    abstract DatabaseAddress to();

    /** Every table's rows, as a backup would hold them. */
    static Map<String, List<List<@Nullable Object>>> rows(Database database) {
        TableStore store = new TableStore(database);
        Map<String, List<List<@Nullable Object>>> rows = new LinkedHashMap<>();
        for (Table table : store.tables()) {
            List<List<@Nullable Object>> all = new ArrayList<>();
            store.reading(() -> store.rows(table, all::add));
            rows.put(table.name(), all);
        }
        return rows;
    }

    @Test
    void everythingComesBackWhateverDatabaseKeepsIt() {
        Archive archive = new Archive(folder.resolve("one"), () -> NOW);
        Archive other = new Archive(folder.resolve("other"), () -> NOW);
        Path file = folder.resolve("backup.zip");
        try (Database source = Database.open(from());
                Database target = Database.open(to())) {
            FullCourse.fill(source, archive);
            assertThat(rows(source))
                    .allSatisfy((table, rows) -> assertThat(rows)
                            .as("FullCourse puts something into the table " + table)
                            .isNotEmpty());

            Backup.Made made = new Backup(source, archive, "0.1").write(file, NOW);
            Restore restore = new Restore(target, other);
            assertThat(restore.ontoNothing()).isTrue();
            Restore.Restored restored = restore.from(file);

            assertThat(rows(target)).isEqualTo(rows(source));
            assertThat(new LedgerStore(target).read(FullCourse.COURSE))
                    .isEqualTo(new LedgerStore(source).read(FullCourse.COURSE));
            assertThat(new RosterStore(target).read(FullCourse.COURSE))
                    .isEqualTo(new RosterStore(source).read(FullCourse.COURSE));
            assertThat(other.list()).isEqualTo(archive.list());
            for (Kept kept : other.list()) {
                assertThat(other.verified(kept.kind(), kept.digest())).isRegularFile();
            }
            assertThat(restored)
                    .isEqualTo(new Restore.Restored(NOW, made.tables(), made.rows(), 7, made.bytes(), List.of()));
            assertThat(restore.ontoNothing()).isFalse();
            newFactsAreNumberedFromThereOn(target);
        }
    }

    private static void newFactsAreNumberedFromThereOn(Database database) {
        SubmissionStore store = new SubmissionStore(database);
        SubmissionFact known = store.fact(FullCourse.COURSE, 1).orElseThrow();
        SubmissionFact next =
                new SubmissionFact(known.lab(), known.owner(), known.repository(), "main", "new", "refs", NOW, null);
        assertThat(store.submission(FullCourse.COURSE, next, NOW)).isGreaterThan(3);
    }

    @Test
    void whatWasThereBeforeIsReplacedWholly() {
        Archive archive = new Archive(folder.resolve("one"), () -> NOW);
        Path file = folder.resolve("backup.zip");
        try (Database source = Database.open(from());
                Database target = Database.open(to())) {
            new RosterStore(source).note(FullCourse.other(), NOW);
            new Backup(source, archive, "0.1").write(file, NOW);
            FullCourse.fill(target, archive);

            new Restore(target, archive).from(file);

            assertThat(rows(target)).isEqualTo(rows(source));
        }
    }
}
