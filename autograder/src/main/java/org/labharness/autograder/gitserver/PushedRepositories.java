package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final Path folder;
    private final PushLimits limits;
    private final Map<Path, Semaphore> turns = new ConcurrentHashMap<>();

    PushedRepositories(Path home, PushLimits limits) {
        QuietSystem.install();
        this.folder = home.resolve("pushed");
        this.limits = limits;
    }

    /** Where a repository lies, whatever characters its names are of. */
    Path directory(CourseId course, LabId lab, Owner owner) {
        String name = switch (owner) {
            case Owner.OfStudent student -> "student-" + URLEncoder.encode(student.id(), StandardCharsets.UTF_8);
            case Owner.OfTeam team -> "team-" + URLEncoder.encode(team.id(), StandardCharsets.UTF_8);
        };
        return folder.resolve(course.value()).resolve(lab.value()).resolve(name + ".git");
    }

    Path directory(Visit visit) {
        return directory(visit.served().course().id(), visit.offered().id(), visit.owner());
    }

    /** Opens it; makes it where nobody has pushed yet. */
    PushedRepository open(Visit visit) {
        Path directory = directory(visit);
        try {
            synchronized (this) {
                if (!FileKey.isGitRepository(directory.toFile(), FS.DETECTED)) {
                    Files.createDirectories(directory);
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

    /** Who holds it is the only one that changes the repository. */
    Semaphore turn(Visit visit) {
        return turn(directory(visit));
    }

    Semaphore turn(Path directory) {
        return turns.computeIfAbsent(directory, any -> new Semaphore(1, true));
    }

    /** All that are there. */
    List<Path> all() {
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
