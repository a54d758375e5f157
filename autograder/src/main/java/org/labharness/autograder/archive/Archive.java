package org.labharness.autograder.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.ThrowawayFolder;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.EvidenceFile;

/**
 * The folder {@code store} of a state folder. A file is there whole or not at all, under the digest of what is in it, and is read only
 * where it still has that digest. Safe for use by several threads and processes.
 */
public final class Archive {
    private final Path folder;
    private final InstantSource clock;

    /** @param home the state folder */
    public Archive(Path home, InstantSource clock) {
        this(clock, home.toAbsolutePath().normalize().resolve("store"));
    }

    private Archive(InstantSource clock, Path folder) {
        this.folder = folder;
        this.clock = clock;
    }

    /** One in a folder of its own, which several machines may share. */
    public static Archive at(Path folder, InstantSource clock) {
        return new Archive(clock, folder.toAbsolutePath().normalize());
    }

    public Path folder() {
        return folder;
    }

    /** An empty folder on the archive's own disk, for what is about to be kept. */
    public ThrowawayFolder scratch() {
        return ThrowawayFolder.in(incoming(), "new-");
    }

    private Path incoming() {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(Objects.requireNonNull(folder.getParent()));
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return Files.createDirectories(folder.resolve(Listing.INCOMING));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** What tells this archive from all others, wherever a machine finds it. */
    public String identity() {
        Path file = folder.resolve("identity");
        try (ThrowawayFolder scratch = scratch()) {
            if (!Files.exists(file)) {
                Path new_ = scratch.path().resolve("identity");
                Files.writeString(new_, UUID.randomUUID() + "\n");
                try {
                    Files.createLink(file, new_);
                } catch (FileAlreadyExistsException another) {
                    // machine was quicker
                }
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Keeps a run's evidence and gives its digest. */
    public String keep(Evidence evidence) {
        byte[] canonical = EvidenceFile.canonical(evidence);
        try (ThrowawayFolder scratch = scratch()) {
            Path file = scratch.path().resolve("evidence");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(canonical);
            }
            String digest = Sha256.hex(canonical);
            move(file, file(Kind.EVIDENCE, digest));
            return digest;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Keeps a file of predictions and gives its digest. */
    public String keepPredictions(byte[] bytes) {
        try (ThrowawayFolder scratch = scratch()) {
            Path file = Files.write(scratch.path().resolve("predictions"), bytes);
            String digest = Content.digest(Kind.PREDICTIONS, file);
            move(file, file(Kind.PREDICTIONS, digest));
            return digest;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Keeps a bundle and gives its digest; the file is taken away from where it lies, which is a folder of {@link #scratch}. */
    public String keepBundle(Path file) {
        try {
            String digest = Content.digest(Kind.BUNDLE, file);
            move(file, file(Kind.BUNDLE, digest));
            return digest;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * Keeps a file that comes from elsewhere.
     *
     * @param file in a folder of {@link #scratch}, which it is taken away from
     * @return whether what is in it has that digest; else it is not kept
     */
    public boolean take(Kind kind, String digest, Path file) {
        try {
            if (!Content.digest(kind, file).equals(digest)) {
                return false;
            }
            move(file, file(kind, digest));
            return true;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** What is there already is only made young again: somebody may be about to remove what is old. */
    private void move(Path from, Path to) throws IOException {
        try {
            Files.setLastModifiedTime(to, FileTime.from(clock.instant()));
            return;
        } catch (NoSuchFileException new_) {
            Files.createDirectories(Objects.requireNonNull(to.getParent()));
        }
        try (FileChannel written = FileChannel.open(from, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.setLastModifiedTime(from, FileTime.from(clock.instant()));
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether something is kept under a digest; not whether it is undamaged. */
    public boolean holds(Kind kind, String digest) {
        return Files.isRegularFile(file(kind, digest), LinkOption.NOFOLLOW_LINKS);
    }

    /** Everything that is kept, in the order of the digests. */
    public List<Kept> list() {
        return new Listing(folder).all();
    }

    Path file(Kind kind, String digest) {
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a digest has 64 hexadecimal digits: '" + digest + "'");
        }
        return folder.resolve(kind.folder()).resolve(digest.substring(0, 2)).resolve(digest + kind.ending());
    }

    /**
     * The file of a bundle, or the packed file of evidence, after its content was found to be what was kept.
     *
     * @throws SystemBroke where it is missing or damaged
     */
    public Path verified(Kind kind, String digest) {
        Path file = file(kind, digest);
        try {
            String found = Content.digest(kind, file);
            if (!found.equals(digest)) {
                throw damaged(file, "its content has the digest " + found);
            }
            return file;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * The evidence that was kept under a digest.
     *
     * @throws SystemBroke where it is missing or damaged
     */
    public Evidence evidence(String digest) {
        Path file = file(Kind.EVIDENCE, digest);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            String found = Content.copy(Kind.EVIDENCE, file, text);
            if (!found.equals(digest)) {
                throw damaged(file, "its content has the digest " + found);
            }
            return EvidenceFile.parse(text.toByteArray(), file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static SystemBroke unreadable(Path file, IOException e) {
        return e instanceof NoSuchFileException
                ? new SystemBroke(
                        Breakdown.DATABASE,
                        "What was kept as " + file + " is not there any more. Restore it from a backup"
                                + " (./lab restore), or grade the submission again.",
                        e)
                : damaged(file, String.valueOf(e.getMessage()));
    }

    private static SystemBroke damaged(Path file, String why) {
        return new SystemBroke(
                Breakdown.DATABASE,
                "What is kept as " + file + " is damaged: " + why
                        + ". Remove the file, then restore it from a backup (./lab restore) or grade the submission again.");
    }

    private SystemBroke unwritable(IOException e) {
        return new SystemBroke(
                Breakdown.DISK_FULL,
                "The store " + folder + " cannot be written: " + e.getMessage()
                        + ". Free some space, or set LAB_HOME to a folder that you can write.",
                e);
    }
}
