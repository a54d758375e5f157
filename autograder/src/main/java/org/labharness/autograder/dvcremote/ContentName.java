package org.labharness.autograder.dvcremote;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a content in a remote.
 *
 * @param md5 32 hex digits
 * @param list whether it is the list of a folder's files
 * @param old whether it stands where DVC 2 put it, whose sums of text are those with Unix line endings
 */
record ContentName(String md5, boolean list, boolean old) {
    private static final Pattern FIRST = Pattern.compile("[0-9a-f]{2}");
    private static final Pattern REST = Pattern.compile("[0-9a-f]{30}(\\.dir)?");

    /** @param parts of a path below a remote */
    static Optional<ContentName> of(List<String> parts) {
        boolean newer = parts.size() == 4
                && parts.get(0).equals("files")
                && parts.get(1).equals("md5");
        if (!newer && parts.size() != 2) {
            return Optional.empty();
        }
        String first = parts.get(parts.size() - 2);
        String rest = parts.getLast();
        return FIRST.matcher(first).matches() && REST.matcher(rest).matches()
                ? Optional.of(new ContentName(first + rest.substring(0, 30), rest.endsWith(".dir"), !newer))
                : Optional.empty();
    }

    /** Where it lies below the remote's folder. */
    String path() {
        return (old ? "" : "files/md5/") + md5.substring(0, 2) + "/" + md5.substring(2) + (list ? ".dir" : "");
    }
}
