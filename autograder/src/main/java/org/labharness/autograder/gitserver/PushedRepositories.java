package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.util.FS;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.checkout.QuietSystem;

/** The bare repositories that people push to, in the folder {@code pushed} of the state folder; each is made when it is first pushed to. */
final class PushedRepositories {
    private static final FileAttribute<?> OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final PushedFolders folders;
    private final PushLimits limits;
    private final Map<Path, Semaphore> turns = new ConcurrentHashMap<>();
    private final Map<Path, Semaphore> senders = new ConcurrentHashMap<>();
    private final Map<Path, Semaphore> readers = new ConcurrentHashMap<>();

    PushedRepositories(Path home, PushLimits limits) {
        QuietSystem.install();
        this.folders = new PushedFolders(home);
        this.limits = limits;
    }

    Path directory(Visit visit) {
        return folders.repository(
                visit.served().course().id(), visit.owner(), visit.offered().id());
    }

    Path directory(CourseId course, LabId lab, Owner owner) {
        return folders.repository(course, owner, lab);
    }

    /** Whether somebody has pushed to it. */
    boolean isThere(Visit visit) {
        return FileKey.isGitRepository(directory(visit).toFile(), FS.DETECTED);
    }

    /** Opens it; makes it where nobody has pushed yet. */
    PushedRepository open(Visit visit) {
        Path directory = directory(visit);
        try {
            synchronized (this) {
                if (!FileKey.isGitRepository(directory.toFile(), FS.DETECTED)) {
                    Files.createDirectories(directory, OURS);
                    return PushedRepository.made(directory, limits);
                }
            }
            return PushedRepository.of(directory, limits);
        } catch (IOException problem) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL,
                    "The repository " + directory + " cannot be made or read: " + problem.getMessage(),
                    problem);
        }
    }

    /** Who holds it is the only one that sends to the repository. */
    Semaphore sender(Path directory) {
        return senders.computeIfAbsent(directory, any -> new Semaphore(1, true));
    }

    /** Who reads a repository over the network. */
    Semaphore reader(Path directory) {
        return readers.computeIfAbsent(directory, any -> new Semaphore(1, true));
    }

    /** Who holds it is the only one that changes the repository. */
    Semaphore turn(Path directory) {
        return turns.computeIfAbsent(directory, any -> new Semaphore(1, true));
    }

    /** For what is being sent; on the file system of the repositories. */
    Path incoming() {
        try {
            return Files.createDirectories(folders.root().resolve(".incoming"), OURS);
        } catch (IOException problem) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL,
                    "The folder " + folders.root() + " cannot be made: " + problem.getMessage(),
                    problem);
        }
    }

    /**
     * Takes them for this process alone, and removes what an earlier one has left unfinished.
     *
     * @return to be closed at the end
     * @throws SystemBroke where another process has them
     */
    FileChannel own() {
        Path lock = incoming().resolveSibling(".owner");
        try {
            FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new SystemBroke(
                        Breakdown.INTERNAL,
                        "Another ./lab serve takes pushes into " + folders.root()
                                + ". One process does for a state folder: stop it, or give this one its own (LAB_HOME).");
            }
            Leftovers.removeAll(incoming());
            all().forEach(Leftovers::remove);
            return channel;
        } catch (IOException problem) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL, "The file " + lock + " cannot be written: " + problem.getMessage(), problem);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    /** All that are there. */
    List<Path> all() {
        Path folder = folders.root();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder, 3)) {
            return found.filter(path -> folder.relativize(path).getNameCount() == 3
                            && String.valueOf(path.getFileName()).endsWith(".git"))
                    .sorted()
                    .toList();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Files of packs, by which what a refused push has sent is found again. */
    static Set<Path> packs(Path directory) {
        Path packs = directory.resolve("objects").resolve("pack");
        if (!Files.isDirectory(packs)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(packs)) {
            return files.collect(Collectors.toSet());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Bytes of all packs: JGit keeps whatever is pushed as packs. */
    static long bytes(Path directory) {
        return packs(directory).stream()
                .mapToLong(file -> file.toFile().length())
                .sum();
    }
}
