package org.labharness.pipeline;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a submission comes from.
 *
 * @param location path or URL of a Git repository
 * @param ref branch, tag or commit; null: what HEAD names
 */
public record Source(String location, @Nullable String ref) {
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/@]*@");
    private static final Pattern ENDS = Pattern.compile("[/\\\\]+$|(\\.git)?[/\\\\]*$");

    /** The location without credentials, for people to read. */
    public String shown() {
        return CREDENTIALS.matcher(location).replaceFirst("");
    }

    /** The repository's own name: the last part of its location, without {@code .git}. */
    public String name() {
        String path = ENDS.matcher(shown()).replaceFirst("");
        String last = path.substring(
                Math.max(path.lastIndexOf('/'), Math.max(path.lastIndexOf('\\'), path.lastIndexOf(':'))) + 1);
        return last.isEmpty() || last.equals(".") ? "repository" : last;
    }
}
