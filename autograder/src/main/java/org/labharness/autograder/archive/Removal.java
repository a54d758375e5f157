package org.labharness.autograder.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.ThrowawayFolder;

/**
 * What of an archive may go.
 *
 * @param needed what current facts stand on
 * @param young what nothing needs now, and is too young to go
 * @param old what nothing needs, and goes
 */
public record Removal(List<Kept> needed, List<Kept> young, List<Kept> old) {
    /** Files that are still being made are younger than this. */
    private static final Duration LONGEST_WORK = Duration.ofDays(1);

    public Removal {
        needed = List.copyOf(needed);
        young = List.copyOf(young);
        old = List.copyOf(old);
    }

    /** @param before what was put there later stays, needed or not */
    public static Removal of(List<Kept> all, Set<String> needed, Instant before) {
        return new Removal(
                all.stream().filter(kept -> needed.contains(kept.digest())).toList(),
                all.stream()
                        .filter(kept -> !needed.contains(kept.digest()))
                        .filter(kept -> !kept.since().isBefore(before))
                        .toList(),
                all.stream()
                        .filter(kept -> !needed.contains(kept.digest()))
                        .filter(kept -> kept.since().isBefore(before))
                        .toList());
    }

    /** Removes what is old, and what killed programs left half made. What somebody keeps again at this moment stays. */
    public void apply(Archive archive, Instant now) {
        old.forEach(kept -> remove(archive, kept));
        Path incoming = archive.folder().resolve(Listing.INCOMING);
        if (Files.isDirectory(incoming)) {
            try (Stream<Path> made = Files.list(incoming)) {
                for (Path folder : made.toList()) {
                    if (Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
                            .toInstant()
                            .isBefore(now.minus(LONGEST_WORK))) {
                        ThrowawayFolder.delete(folder);
                    }
                }
            } catch (IOException e) {
                throw unremovable(incoming, e);
            }
        }
    }

    /** Removes files at once, unless somebody keeps them again at this moment. */
    public static void now(Archive archive, List<Kept> files) {
        files.forEach(kept -> remove(archive, kept));
    }

    /** Aside first: whoever makes a file young finds it either here, and it goes back, or not at all, and keeps it anew. */
    private static void remove(Archive archive, Kept kept) {
        Path file = archive.file(kept.kind(), kept.digest());
        Path aside = file.resolveSibling("." + Objects.requireNonNull(file.getFileName()) + ".old");
        try {
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            if (Files.getLastModifiedTime(aside).toInstant().isAfter(kept.since())) {
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.delete(aside);
            }
        } catch (java.nio.file.NoSuchFileException gone) {
            // by another process that does the same
        } catch (IOException e) {
            throw unremovable(file, e);
        }
    }

    private static SystemBroke unremovable(Path file, IOException e) {
        return new SystemBroke(
                Breakdown.DATABASE,
                "Cannot remove " + file + ": " + e.getMessage()
                        + ". What was removed so far is gone, all else is there.",
                e);
    }

    /** Bytes on disk of some files. */
    public static long bytes(List<Kept> files) {
        return files.stream().mapToLong(Kept::bytes).sum();
    }
}
