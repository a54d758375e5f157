package org.labharness.autograder.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.archive.Kind;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.FullCourse;
import org.labharness.autograder.store.RosterStore;
import org.labharness.pipeline.SystemBroke;

/** Backups that are not what was written, or were written by another program. */
class DamagedBackupTests {
    @TempDir
    Path folder;

    private Path file;
    private Archive archive;
    private Archive other;
    private Database target;
    private Map<String, List<List<@Nullable Object>>> full;
    private Map<String, List<List<@Nullable Object>>> before;

    @BeforeEach
    void backUp() {
        file = folder.resolve("backup.zip");
        archive = new Archive(folder.resolve("one"), () -> BackupContract.NOW);
        other = new Archive(folder.resolve("other"), () -> BackupContract.NOW);
        try (Database source = Database.open(DatabaseAddress.file(folder.resolve("a")))) {
            FullCourse.fill(source, archive);
            full = BackupContract.rows(source);
            new Backup(source, archive, "0.1").write(file, BackupContract.NOW);
        }
        target = Database.open(DatabaseAddress.file(folder.resolve("b")));
        new RosterStore(target).note(FullCourse.other(), BackupContract.NOW);
        before = BackupContract.rows(target);
    }

    @AfterEach
    void close() {
        target.close();
    }

    private String restoring() {
        SystemBroke broke = catchThrowableOfType(SystemBroke.class, () -> new Restore(target, other).from(file));
        assertThat(broke).as("a damaged backup is noticed").isNotNull();
        assertThat(BackupContract.rows(target)).isEqualTo(before);
        return String.valueOf(broke.getMessage());
    }

    private interface Edit {
        void edit(FileSystem zip) throws IOException;
    }

    private void edit(Edit change) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            change.edit(zip);
        }
    }

    /** Under a name that a file system would not take. */
    private void add(String name, byte[] content) throws IOException {
        Path other = folder.resolve("added.zip");
        try (ZipFile from = new ZipFile(file.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(other))) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.getInputStream(entry).transferTo(to);
            }
            to.putNextEntry(new ZipEntry(name));
            to.write(content);
        }
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void replace(FileSystem zip, String entry, String what, String by) throws IOException {
        Path path = zip.getPath(entry);
        String text = Files.readString(path);
        assertThat(text).contains(what);
        Files.writeString(path, text.replace(what, by));
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void anotherFileIsNeverReplacedByABackup() throws IOException {
        byte[] there = Files.readAllBytes(file);
        SystemBroke broke = catchThrowableOfType(
                SystemBroke.class, () -> new Backup(target, other, "0.1").write(file, BackupContract.NOW));
        assertThat(broke).hasMessageContaining("it is there already");
        assertThat(file).hasBinaryContent(there);
        assertThat(folder.resolve(".backup.zip.part")).doesNotExist();
    }

    @Test
    void aByteThatChangedAnywhereIsNoticed() throws IOException {
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            byte[] bad = good.clone();
            // Not in the directory at the end, where dates and the like change nothing.
            int place = random.nextInt(good.length - 4_000);
            bad[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            SystemBroke broke = catchThrowableOfType(SystemBroke.class, () -> new Restore(target, other).from(file));
            if (broke == null) {
                // A date or a name that stands in the directory as well: what was restored is right all the same.
                assertThat(BackupContract.rows(target)).as("byte " + place).isEqualTo(full);
                before = full;
            } else {
                assertThat(broke).hasMessageContaining("is damaged").hasMessageContaining("No fact was changed");
                assertThat(BackupContract.rows(target)).isEqualTo(before);
            }
        }
    }

    @Test
    void oneThatWasCutOffIsNoArchive() throws IOException {
        byte[] good = Files.readAllBytes(file);
        for (int length : new int[] {0, 100, good.length / 2, good.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(good, length));
            assertThat(restoring()).contains(file.toString(), "is damaged", "no archive, or was cut off");
        }
    }

    @Test
    void anArchiveOfSomethingElseIsNoBackup() throws IOException {
        edit(zip -> Files.delete(zip.getPath("manifest.json")));
        assertThat(restoring()).contains("no manifest.json, so it is no backup of this program");
    }

    @Test
    void aTableThatSomebodyEditedIsNoticed() throws IOException {
        edit(zip -> replace(zip, "tables/mark.jsonl", "0.50", "9.50"));
        assertThat(restoring()).contains("the table mark is not as it was written");
    }

    @Test
    void aTableOrFileThatIsMissingIsNamed() throws IOException {
        edit(zip -> Files.delete(zip.getPath("tables/student.jsonl")));
        assertThat(restoring()).contains("tables/student.jsonl is missing in it");
    }

    @Test
    void aRowThatFitsIntoNoMemoryIsNotRead() throws IOException {
        edit(zip -> {
            try (OutputStream out = Files.newOutputStream(zip.getPath("tables/mark.jsonl"))) {
                byte[] part = new byte[1 << 20];
                for (int i = 0; i < 20; i++) {
                    out.write(part);
                }
            }
        });
        assertThat(restoring()).contains("a row of the table mark is longer than any that is written");
    }

    @Test
    void moreRowsThanItNamesAreNotRead() throws IOException {
        edit(zip -> {
            Path table = zip.getPath("tables/mark.jsonl");
            Files.writeString(table, Files.readString(table) + "[]\n");
        });
        assertThat(restoring()).contains("the table mark has more than its").contains("rows");
    }

    @Test
    void noFileIsWrittenOutsideOfTheStore() throws IOException {
        String digest = archive.list().getFirst().digest();
        String outside = "../".repeat(12) + folder.resolve("outside").toString().substring(1);
        edit(zip -> replace(zip, "manifest.json", digest, outside));
        add("store/BUNDLE/" + outside, Files.readAllBytes(archive.verified(Kind.BUNDLE, digest)));
        assertThat(restoring()).contains("its manifest cannot be read");
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    @Test
    void aKeptFileThatIsAnotherIsNotTaken() throws IOException {
        String digest = archive.list().getFirst().digest();
        edit(zip -> {
            Path entry = zip.getPath("store", Kind.BUNDLE.name(), digest);
            byte[] content = Files.readAllBytes(entry);
            content[0] ^= 1;
            Files.write(entry, content);
        });
        assertThat(restoring()).contains("store/BUNDLE/" + digest, "has another digest");
    }

    @Test
    void oneOfANewerProgramIsRefused() throws IOException {
        edit(zip -> {
            Path manifest = zip.getPath("manifest.json");
            Files.writeString(
                    manifest,
                    Files.readString(manifest).replaceFirst("\"schema\" : \"[0-9.]+\"", "\"schema\" : \"99\""));
        });
        assertThat(restoring())
                .contains(
                        "was made by a newer program: its tables are of version 99",
                        "Nothing was changed",
                        "newer program");
    }

    @Test
    void oneOfAnotherFormatIsRefused() throws IOException {
        edit(zip -> replace(zip, "manifest.json", "backup/1", "backup/2"));
        assertThat(restoring()).contains("'labharness/backup/2'", "expected 'labharness/backup/1'");
    }

    @Test
    void whatIsMissingInTheStoreIsToldAndTheRestComesBack() throws IOException {
        String digest = archive.list().getFirst().digest();
        Files.writeString(archive.verified(Kind.BUNDLE, digest), "damaged");
        Path second = folder.resolve("second.zip");
        try (Database source = Database.open(DatabaseAddress.file(folder.resolve("a")))) {
            assertThat(new Backup(source, archive, "0.1")
                            .write(second, BackupContract.NOW)
                            .missing())
                    .containsExactly(digest);
        }
        assertThat(new Restore(target, other).from(second).missing()).containsExactly(digest);
        assertThat(other.list()).hasSize(6);
    }

    @Test
    void anOlderBackupIsBroughtUp() throws IOException {
        Path old = folder.resolve("old.zip");
        OldBackup.write(old);

        new Restore(target, other).from(old);

        assertThat(BackupContract.rows(target).get("course"))
                .singleElement()
                .satisfies(row -> assertThat(row).startsWith("old"));
    }
}
