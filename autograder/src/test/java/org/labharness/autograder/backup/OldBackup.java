package org.labharness.autograder.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.labharness.autograder.backup.Manifest.TableEntry;
import org.labharness.lab.Sha256;

/** A backup as the program's first version wrote it, with one course in it. */
final class OldBackup {
    private OldBackup() {}

    static void write(Path file) throws IOException {
        byte[] rows = "[\"old\",\"MLOps\",\"2026-09-10T12:00:00Z\"]\n".getBytes(StandardCharsets.UTF_8);
        TableEntry course = new TableEntry(
                "course",
                List.of("id", "title", "noted"),
                1,
                HexFormat.of().formatHex(Sha256.begin().digest(rows)));
        Manifest manifest =
                new Manifest(Manifest.FORMAT, "0.1", "1", BackupContract.NOW, 0, List.of(course), List.of(), List.of());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(course.entry()));
            zip.write(rows);
            zip.putNextEntry(new ZipEntry(Manifest.NAME));
            zip.write(RowText.JSON.writeValueAsBytes(manifest));
        }
    }
}
