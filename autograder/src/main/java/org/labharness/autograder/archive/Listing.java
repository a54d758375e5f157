package org.labharness.autograder.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** What lies in an archive's folder. */
record Listing(Path folder) {
    /** Where files are made that are not kept yet. */
    static final String INCOMING = "incoming";

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    List<Kept> all() {
        List<Kept> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Path place = folder.resolve(kind.folder());
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.walk(place, 2)) {
                    files.forEach(file -> kept(kind, file).ifPresent(all::add));
                } catch (IOException e) {
                    throw new SystemBroke(
                            Breakdown.DATABASE, "The store " + folder + " cannot be read: " + e.getMessage() + ".", e);
                }
            }
        }
        all.sort(Comparator.comparing(Kept::kind).thenComparing(Kept::digest));
        return List.copyOf(all);
    }

    private static Optional<Kept> kept(Kind kind, Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(kind.ending())) {
            return Optional.empty();
        }
        String digest = name.substring(0, name.length() - kind.ending().length());
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isRegularFile() && DIGEST.matcher(digest).matches()
                    ? Optional.of(new Kept(
                            kind, digest, found.size(), found.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
