package org.labharness.pipeline.checkout;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;

/**
 * The line of a {@code .gitignore} that keeps a path out of Git.
 *
 * @param pattern as it is written
 * @see <a href="https://git-scm.com/docs/gitignore">gitignore</a>
 */
public record IgnoreLine(Place where, String pattern) {
    private static final String FILE = ".gitignore";

    /**
     * @param path relative to the repository
     * @param lines of a file by its path; empty where there is none
     */
    public static Optional<IgnoreLine> of(String path, Function<String, List<String>> lines) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            Optional<IgnoreLine> found = decides(path.substring(0, slash), true, lines);
            if (found.isPresent()) {
                return found;
            }
        }
        return decides(path, false, lines);
    }

    /** The last line that matches counts, and of several files the one that is nearest. */
    private static Optional<IgnoreLine> decides(String path, boolean folder, Function<String, List<String>> lines) {
        @Nullable IgnoreLine last = null;
        for (int start = 0; start >= 0; start = next(path, start)) {
            String file = path.substring(0, start) + FILE;
            int number = 0;
            for (String line : lines.apply(file)) {
                number++;
                FastIgnoreRule rule = new FastIgnoreRule(line);
                if (!rule.isEmpty() && rule.isMatch("/" + path.substring(start), folder, false)) {
                    last = rule.getResult() ? new IgnoreLine(new Place(file, number), line.strip()) : null;
                }
            }
        }
        return Optional.ofNullable(last);
    }

    private static int next(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? -1 : slash + 1;
    }
}
