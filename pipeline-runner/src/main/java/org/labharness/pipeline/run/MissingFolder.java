package org.labharness.pipeline.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.labharness.pipeline.evidence.LogExcerpt;

/**
 * Finds the folder for want of which a command failed. Git keeps no empty folders: what a script writes to {@code logs/run.log} works
 * where it was written and not in a clean clone. Only folders are ever made, never a file that the command wanted to read.
 *
 * @param tree the work tree, in which nothing runs meanwhile
 */
record MissingFolder(Path tree, int uid) {
    private static final int LINES = 5;
    private static final int MOST_NEW = 8;
    /** A file that could not be opened or made, as Python, shells and most programs say it. */
    private static final List<Pattern> FILE = List.of(
            Pattern.compile("No such file or directory: '([^'\\x00]{1,300})'"),
            Pattern.compile("cannot create ([^:'\\x00]{1,300}): Directory nonexistent"),
            Pattern.compile("'([^'\\x00]{1,300})': No such file or directory"),
            Pattern.compile("([^ :'\\x00]{1,300}): No such file or directory"));
    /** The folder itself. */
    private static final Pattern FOLDER =
            Pattern.compile("Cannot save file into a non-existent directory: '([^'\\x00]{1,300})'");

    /**
     * The folder that is missing, relative to the tree.
     *
     * @param directory where the command ran, as its container saw it
     */
    Optional<String> after(String directory, LogExcerpt log) {
        List<String> lines = Stream.concat(
                        Stream.of(log.lastError()),
                        Stream.concat(log.head().stream(), log.tail().stream()).toList().reversed().stream()
                                .limit(LINES))
                .toList();
        for (String line : lines) {
            Matcher folder = FOLDER.matcher(line);
            if (folder.find()) {
                return WorkPath.inTree(tree, directory, folder.group(1))
                        .filter(this::canBeMade)
                        .map(this::name);
            }
            for (Pattern words : FILE) {
                Matcher file = words.matcher(line);
                if (file.find()) {
                    return WorkPath.inTree(tree, directory, file.group(1))
                            .map(Path::getParent)
                            .filter(this::canBeMade)
                            .map(this::name);
                }
            }
        }
        return Optional.empty();
    }

    private String name(Path folder) {
        return tree.relativize(folder).toString();
    }

    /** Whether it is not there, and whatever is there of the way is folders, none of them a link. */
    private boolean canBeMade(Path folder) {
        if (!folder.startsWith(tree) || Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        for (Path part = folder; part != null && !part.equals(tree); part = part.getParent()) {
            if (Files.exists(part, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        return true;
    }

    /** Makes it; false where that cannot be done, on a full disk say: the command's own failure stands then. */
    boolean make(String path) {
        List<Path> parts = new ArrayList<>();
        for (Path part = tree.resolve(path); part != null && !Files.exists(part); part = part.getParent()) {
            parts.addFirst(part);
        }
        try {
            for (Path part : parts.size() > MOST_NEW ? List.<Path>of() : parts) {
                Files.createDirectory(part);
                if (!Integer.valueOf(uid).equals(Files.getAttribute(part, "unix:uid"))) {
                    Files.setAttribute(part, "unix:uid", uid);
                    Files.setAttribute(part, "unix:gid", uid);
                }
            }
            return Files.isDirectory(tree.resolve(path));
        } catch (IOException e) {
            return false;
        }
    }
}
