package org.labharness.pipeline.checkout;

import java.nio.file.Path;
import java.util.List;
import org.labharness.pipeline.document.TreeLinks;
import org.labharness.pipeline.evidence.SubmissionFacts;
import org.labharness.pipeline.evidence.TreeFacts;

/**
 * A throwaway clone with the graded commit checked out.
 *
 * @param directory its work tree; {@code .git} lies in it
 * @param links of the commit; in the work tree each is a file that holds its target
 * @param branches names without {@code refs/heads/}, sorted
 * @param defaultBranch what the repository's HEAD names; empty where it names none
 * @param tags names without {@code refs/tags/}, sorted
 */
public record CheckedOut(
        Path directory,
        SubmissionFacts submission,
        TreeFacts tree,
        TreeLinks links,
        List<String> branches,
        String defaultBranch,
        List<String> tags) {
    public CheckedOut {
        branches = List.copyOf(branches);
        tags = List.copyOf(tags);
    }
}
