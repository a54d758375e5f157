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
    private static final int LONGEST = 300;
    /** JGit matches a part of a path by trying: what that costs grows with the length to the power of the stars in one part. */
    private static final int MOST_STARS = 3;

    /**
     * Lines that are long or have many stars are passed over; people write none.
     *
     * @param path relative to the repository
     * @param lines of a file by its path; empty where there is none
     */
    public static Optional<IgnoreLine> of(String path, Function<String, List<String>> lines) {
        if (path.length() > LONGEST) {
            return Optional.empty();
        }
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
                if (line.length() > LONGEST || hasTooManyStars(line)) {
                    continue;
                }
                FastIgnoreRule rule = new FastIgnoreRule(line);
                if (!rule.isEmpty() && rule.isMatch("/" + path.substring(start), folder, false)) {
                    last = rule.getResult() ? new IgnoreLine(new Place(file, number), line.strip()) : null;
                }
            }
        }
        return Optional.ofNullable(last);
    }

    private static boolean hasTooManyStars(String line) {
        int inPart = 0;
        int doubled = 0;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            inPart = letter == '/' ? 0 : letter == '*' ? inPart + 1 : inPart;
            doubled += letter == '*' && i > 0 && line.charAt(i - 1) == '*' ? 1 : 0;
            if (inPart > MOST_STARS || doubled > MOST_STARS) {
                return true;
            }
        }
        return false;
    }

    private static int next(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? -1 : slash + 1;
    }
}
