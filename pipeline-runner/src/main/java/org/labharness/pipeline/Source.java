package org.labharness.pipeline;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a submission comes from.
 *
 * @param location path or URL of a Git repository
 * @param ref branch, tag or commit; null: what HEAD names
 * @param origin where it was handed in, if the location is only a copy that was kept of it: people are shown this, and services beside
 *     Git, such as Git LFS, are asked there; else null
 */
public record Source(
        String location, @Nullable String ref, @Nullable String origin) {
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/@]*@");
    private static final Pattern ENDS = Pattern.compile("[/\\\\]+$|(\\.git)?[/\\\\]*$");

    /** What was handed in, where it lies. */
    public Source(String location, @Nullable String ref) {
        this(location, ref, null);
    }

    /** Where it was handed in. */
    public String handedIn() {
        return origin == null ? location : origin;
    }

    /** The same without credentials, for people to read. */
    public String shown() {
        return CREDENTIALS.matcher(handedIn()).replaceFirst("");
    }

    /** The repository's own name: the last part of its location, without {@code .git}. */
    public String name() {
        String path = ENDS.matcher(shown()).replaceFirst("");
        String last = path.substring(
                Math.max(path.lastIndexOf('/'), Math.max(path.lastIndexOf('\\'), path.lastIndexOf(':'))) + 1);
        return last.isEmpty() || last.equals(".") ? "repository" : last;
    }
}
