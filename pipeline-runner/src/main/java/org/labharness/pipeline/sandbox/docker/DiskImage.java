package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.labharness.lab.Memory;

/** A file system of fixed size in a sparse file, mounted through a loop device. What is written to it never outlives the submission. */
record DiskImage(Path file, Path mount) implements AutoCloseable {
    private static final long BYTES_PER_FILE = 8192;
    private static final long MAX_FILES = 400_000;
    /** What the file system needs for itself comes on top of what was asked for. */
    private static final long INODE = 256;

    private static final long SPARE = 2L << 20;

    /** Makes and mounts it; leaves nothing where that fails. */
    static DiskImage create(Path file, Path mount, Memory size) throws IOException {
        try {
            format(file, size);
            HostCommand.run(
                    "mount",
                    "-t",
                    "ext4",
                    "-o",
                    "loop,nosuid,nodev,noatime,nobarrier,noinit_itable",
                    file.toString(),
                    mount.toString());
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        DiskImage image = new DiskImage(file, mount);
        try {
            Files.deleteIfExists(mount.resolve("lost+found"));
            return image;
        } catch (IOException e) {
            image.close();
            throw e;
        }
    }

    /** No journal, no reserve, tables zeroed never: it is thrown away after one use. */
    private static void format(Path file, Memory size) throws IOException {
        long files = Math.min(MAX_FILES, Math.max(1024, size.bytes() / BYTES_PER_FILE));
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size.bytes() + files * INODE + size.bytes() / 128 + SPARE);
        }
        HostCommand.run(
                "mkfs.ext4",
                "-q",
                "-F",
                "-O",
                "^has_journal,^resize_inode",
                "-E",
                "lazy_itable_init=1,nodiscard",
                "-m",
                "0",
                "-b",
                "4096",
                "-N",
                Long.toString(files),
                file.toString());
    }

    @Override
    public void close() throws IOException {
        try {
            HostCommand.run("umount", mount.toString());
        } catch (IOException e) {
            // Still in use by something that is ending: gone for everybody else at once, and for good when that has
            // ended.
            HostCommand.run("umount", "-l", mount.toString());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
