package org.labharness.pipeline.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.labharness.pipeline.evidence.LogExcerpt;

/**
 * Stands in for a virtual environment that a command names ({@code .venv/bin/activate}, {@code venv/bin/python}) and that no clone
 * holds, as it should be: a link to a folder of the image, whose programs are those of the environment made. It is there only while the
 * command runs, and only after the command has failed for want of it, now or in an earlier run.
 */
final class EnvironmentStandIn implements AutoCloseable {
    /** Where it lies in the image. */
    static final Path TARGET = Path.of("/opt/lab/environment");

    private static final int MOST = 3;
    private static final Pattern MISSING = Pattern.compile(
            "No such file|not found|No rule to make target|cannot open|can't open", Pattern.CASE_INSENSITIVE);
    private static final Pattern PROGRAM = Pattern.compile(
            "(?<![\\w./~-])(/?(?:[\\w.-]{1,100}/){0,10}[\\w.-]{1,100})/bin/(?:activate|python[0-9.]{0,4}|pip3?|[a-z][a-z0-9-]{1,30})(?![\\w/.-])");

    private static final Pattern UP = Pattern.compile("(?:\\.\\./)+(.+)");

    private final Path tree;
    private final List<Path> linked = new ArrayList<>();

    /** @param tree the work tree, in which nothing runs while this does anything */
    EnvironmentStandIn(Path tree) {
        this.tree = tree;
    }

    /**
     * Puts it where a command that failed looked for an environment; false where it did not, or that place is taken.
     *
     * @param directory where the command ran, as its container saw it
     */
    boolean after(String directory, LogExcerpt log) {
        return linked.size() < MOST
                && Stream.of(Stream.of(log.lastError()), log.head().stream(), log.tail().stream())
                        .flatMap(lines -> lines)
                        .filter(line -> MISSING.matcher(line).find())
                        .flatMap(line -> PROGRAM.matcher(line).results().map(found -> found.group(1)))
                        .distinct()
                        .flatMap(named -> places(directory, named).stream())
                        .filter(this::isFree)
                        .findFirst()
                        .filter(this::link)
                        .isPresent();
    }

    /** Puts it where the same command looked for it before, as far as those places are free. */
    void place(List<Path> places) {
        places.stream().filter(this::isFree).forEach(this::link);
    }

    /** Where it is now. */
    List<Path> places() {
        return List.copyOf(linked);
    }

    /** Where a command that has perhaps changed its folder meant the environment to be; the likeliest first. */
    private List<Path> places(String directory, String named) {
        Matcher up = UP.matcher(named);
        List<String> names = up.matches() ? List.of(named, up.group(1)) : List.of(named);
        return Stream.of(directory, WorkPath.INSIDE.toString())
                .flatMap(from -> names.stream().flatMap(name -> WorkPath.inTree(tree, from, name).stream()))
                .distinct()
                .toList();
    }

    private boolean isFree(Path place) {
        return !Files.exists(place, LinkOption.NOFOLLOW_LINKS) && leadsThroughFolders(place);
    }

    /** Whether all that leads there are folders of the tree, none of them a link. */
    private boolean leadsThroughFolders(Path place) {
        for (Path folder = place.getParent(); folder != null && !folder.equals(tree); folder = folder.getParent()) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        return place.startsWith(tree);
    }

    private boolean link(Path place) {
        try {
            Files.createSymbolicLink(place, TARGET);
            linked.add(place);
            return true;
        } catch (IOException e) {
            return false; // on a full disk, say: the command's own failure stands then
        }
    }

    /** Takes out what was put in, unless the command has put something else there. */
    @Override
    public void close() {
        for (Path place : linked) {
            try {
                if (leadsThroughFolders(place)
                        && Files.isSymbolicLink(place)
                        && Files.readSymbolicLink(place).equals(TARGET)) {
                    Files.delete(place);
                }
            } catch (IOException e) {
                // what cannot be taken out is a link that leads nowhere outside of the containers
            }
        }
        linked.clear();
    }
}
