package org.labharness.pipeline.collect.dvc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.labharness.pipeline.collect.dvc.StoredContent.Stored;
import org.labharness.pipeline.document.TreeReader;

/** Puts stored contents where they belong in a clone. What was fetched is moved, for a submission's disk may not hold it twice. */
final class Placing {
    private static final int LONGEST_NAME = 255;
    /** Below the folder of a submission's space. */
    private static final int LONGEST_PATH = 3_500;

    private final TreeReader tree;
    private final Map<Stored, List<String>> targets = new LinkedHashMap<>();

    Placing(TreeReader tree) {
        this.tree = tree;
    }

    /** @param contents the stored file of each target path */
    void add(Map<String, Stored> contents) {
        contents.forEach((target, stored) ->
                targets.computeIfAbsent(stored, one -> new ArrayList<>()).add(tree.followed(target)));
    }

    /** Gives the paths that were put in place. */
    List<String> place() throws IOException {
        List<String> placed = new ArrayList<>();
        for (Map.Entry<Stored, List<String>> each : targets.entrySet()) {
            List<String> free = each.getValue();
            for (String target : free) {
                if (hasPlace(target)) {
                    boolean last = target.equals(free.getLast());
                    put(each.getKey(), target, last);
                    placed.add(target);
                }
            }
        }
        return placed;
    }

    /** Moves what lies on the tree's file system to its place, where that is free. */
    void move(Path from, String to) throws IOException {
        if (hasPlace(to)) {
            Files.createDirectories(tree.root().resolve(RepositoryPath.parent(to)));
            Files.move(from, tree.root().resolve(to));
        }
    }

    /** Whether a file can be put there: inside the repository, and neither on nor below a file. */
    private boolean hasPlace(String path) {
        if (!tree.isPath(path)
                || isTooLong(path)
                || RepositoryPath.isElsewhere(path)
                || RepositoryPath.isWithin(path, ".git")) {
            return false;
        }
        for (String folder = RepositoryPath.parent(path); !folder.isEmpty(); folder = RepositoryPath.parent(folder)) {
            if (tree.exists(folder)) {
                return tree.isDirectory(folder) && !tree.exists(path);
            }
        }
        return !tree.exists(path);
    }

    /** What no file system takes is nobody's full disk. */
    private static boolean isTooLong(String path) {
        return path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH
                || Arrays.stream(path.split("/"))
                        .anyMatch(name -> name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME);
    }

    private void put(Stored stored, String to, boolean last) throws IOException {
        String folder = RepositoryPath.parent(to);
        Path target = tree.root().resolve(to);
        if (!folder.isEmpty()) {
            Files.createDirectories(tree.root().resolve(folder));
        }
        boolean fetched = !stored.tree().root().equals(tree.root());
        if (fetched && last && stored.endings() == LineEndings.AS_THEY_ARE) {
            Files.move(stored.tree().root().resolve(stored.path()), target);
            return;
        }
        try (InputStream in = stored.tree().stream(stored.path());
                OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            stored.endings().copy(in, out);
        }
    }
}
