package org.labharness.autograder.webhook;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a delivery tells, as far as it is of interest; nothing of it is believed but which repository was pushed to, where, and what.
 *
 * @param event in the payload's own word, such as GitLab's {@code push}; empty where it says none
 * @param addresses every way in which the forge writes the repository's address
 * @param ref such as {@code refs/heads/main}
 * @param commit that the ref leads to now
 * @param deleted whether the ref is gone
 * @param defaultBranch that the forge says the repository has; empty where it does not
 */
record Payload(String event, List<String> addresses, String ref, String commit, boolean deleted, String defaultBranch) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern NONE = Pattern.compile("0+");
    private static final Pattern REF = Pattern.compile("refs/[^\\p{Cntrl}\\s]{1,490}");

    Payload {
        addresses = List.copyOf(addresses);
    }

    /** Whether it tells of a ref that leads to a commit. */
    boolean isPush() {
        return REF.matcher(ref).matches()
                && !isDeleted()
                && COMMIT.matcher(commit).matches();
    }

    boolean isDeleted() {
        return deleted || (REF.matcher(ref).matches() && NONE.matcher(commit).matches());
    }

    /** Whether what HEAD names was pushed, as far as the forge says. */
    boolean isHead() {
        return !defaultBranch.isEmpty() && ref.equals("refs/heads/" + defaultBranch);
    }
}
