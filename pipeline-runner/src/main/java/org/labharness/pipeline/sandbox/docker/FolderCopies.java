package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.SpaceCopy;
import org.labharness.pipeline.sandbox.SpaceLayout;

/**
 * Copies of a submission's folders, made by {@code cp}: owners, times, links and holes of files stay what they were, and no link is
 * followed. The folders themselves stay, for containers have them mounted.
 */
record FolderCopies(SpaceLayout layout, Path place, Consumer<Sign> heard) implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    SpaceCopy copy(String name, boolean tracking) throws IOException {
        Path mine = place.resolve(name);
        Files.createDirectories(
                mine, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Map<Path, Path> copies = new TreeMap<>();
        for (Path folder : folders(tracking)) {
            Path target = Files.createDirectory(mine.resolve(String.valueOf(folder.getFileName())));
            contents(folder, target);
            copies.put(folder, target);
        }
        return () -> restore(copies);
    }

    /** Owners are changed by their numbers, and those of links, not of what they lead to. */
    void fill(SpaceLayout from) throws IOException {
        contents(from.work(), layout.work());
        contents(from.tracking(), layout.tracking());
        if (from.uid() != layout.uid()) {
            String owner = layout.uid() + ":" + layout.uid();
            String work = layout.work().toString();
            HostCommand.run(
                    LONGEST,
                    heard,
                    "chown",
                    "-R",
                    "-P",
                    "-h",
                    owner,
                    work,
                    layout.tracking().toString());
        }
    }

    private List<Path> folders(boolean tracking) {
        List<Path> folders = new ArrayList<>(List.of(layout.work(), layout.temporary()));
        if (tracking) {
            folders.add(layout.tracking());
        }
        return folders;
    }

    /** What the harness had put beside the folders, on the same disk, goes too. */
    private void restore(Map<Path, Path> copies) throws IOException {
        List<Path> folders = folders(true);
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(Objects.requireNonNull(layout.work().getParent()))) {
            for (Path entry : all) {
                if (!folders.contains(entry)) {
                    Leftovers.deleteTree(entry);
                }
            }
        }
        for (Path folder : folders) {
            empty(folder);
            Path source = copies.get(folder);
            if (source != null) {
                contents(source, folder);
            }
        }
    }

    private static void empty(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Leftovers.deleteTree(entry);
            }
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            if (entries.iterator().hasNext()) {
                throw new IOException("what is in " + folder.getFileName() + " cannot be removed");
            }
        }
    }

    private void contents(Path source, Path target) throws IOException {
        HostCommand.run(
                LONGEST,
                heard,
                "cp",
                "--archive",
                "--sparse=auto",
                "--no-target-directory",
                source.toString(),
                target.toString());
    }

    @Override
    public void close() {
        Leftovers.deleteTree(place);
    }
}
