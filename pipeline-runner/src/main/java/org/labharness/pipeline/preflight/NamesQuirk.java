package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.function.Consumer;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** Names of paths and branches that are legal and still make trouble. */
final class NamesQuirk implements Quirk {
    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        List<String> spaced = view.files().stream()
                .map(TreeFile::path)
                .filter(path -> path.contains(" ") && !TreeView.isForeign(path))
                .toList();
        if (!spaced.isEmpty()) {
            findings.accept(new Finding(
                    "repo.spaces-in-paths",
                    Severity.ADVICE,
                    Place.of(spaced.getFirst()),
                    "The path '" + spaced.getFirst() + "'"
                            + (spaced.size() > 1 ? " (and " + (spaced.size() - 1) + " more)" : "")
                            + " has spaces in its name. Commands must put it in quotes.",
                    "Use hyphens or underscores in names."));
        }
        String branch = view.out().defaultBranch();
        if (!branch.isEmpty() && !branch.equals("main")) {
            findings.accept(new Finding(
                    "repo.default-branch",
                    Severity.ADVICE,
                    null,
                    "The default branch is '" + branch + "', not 'main'. It is graded all the same.",
                    "If the course asks for 'main': git branch -m " + branch + " main && git push -u origin main."));
        }
    }
}
