package org.labharness.pipeline.preflight;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
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
            findings.accept(FindingCode.REPO_SPACES_IN_PATHS.at(
                    Place.of(spaced.getFirst()),
                    "The path '" + spaced.getFirst() + "'"
                            + (spaced.size() > 1 ? " (and " + (spaced.size() - 1) + " more)" : "")
                            + " has spaces in its name. Commands must put it in quotes.",
                    "Use hyphens or underscores in names."));
        }
        foreign(view, findings);
        collisions(view, findings);
        windows(view, findings);
        String branch = view.out().defaultBranch();
        if (!branch.isEmpty()
                && !branch.equals("main")
                && view.out().submission().ref().equals(branch)) {
            findings.accept(FindingCode.REPO_DEFAULT_BRANCH.at(
                    null,
                    "The default branch is '" + branch + "', not 'main'. It is graded all the same.",
                    "If the course asks for 'main': git branch -m " + ShellWord.of(branch)
                            + " main && git push -u origin main."));
        }
    }

    private static void foreign(TreeView view, Consumer<Finding> findings) {
        List<String> found = view.files().stream()
                .map(TreeFile::path)
                .filter(path -> !TreeView.isForeign(path) && path.chars().anyMatch(letter -> letter > '~'))
                .toList();
        if (!found.isEmpty()) {
            findings.accept(FindingCode.REPO_NON_ASCII_PATHS.at(
                    Place.of(found.getFirst()),
                    "The path '" + found.getFirst() + "'"
                            + (found.size() > 1 ? " (and " + (found.size() - 1) + " more)" : "")
                            + " has letters outside ASCII, which systems write in different ways.",
                    "Use the letters a to z, digits, hyphens and underscores in names."));
        }
    }

    private static void collisions(TreeView view, Consumer<Finding> findings) {
        Map<String, String> known = new HashMap<>();
        for (TreeFile file : view.files()) {
            String other = known.putIfAbsent(file.path().toLowerCase(Locale.ROOT), file.path());
            if (other != null && !TreeView.isForeign(file.path())) {
                findings.accept(FindingCode.REPO_CASE_COLLISION.at(
                        Place.of(file.path()),
                        other + " and " + file.path()
                                + " differ only in upper and lower case: on Windows and macOS one overwrites the other. Here both are there.",
                        "Keep the one that your code names: git rm --cached the other, then commit."));
                return;
            }
        }
    }

    private static void windows(TreeView view, Consumer<Finding> findings) {
        view.files().stream()
                .map(TreeFile::path)
                .filter(path -> path.matches("(?:.*/)?[A-Za-z]:(?:[/\\\\].*)?") || path.contains("\\"))
                .findFirst()
                .ifPresent(path -> findings.accept(FindingCode.REPO_WINDOWS_PATH.at(
                        Place.of(path),
                        "The path '" + path
                                + "' is named like one of Windows: a program on another system took it for a plain name and wrote there.",
                        "Take it out (git rm -r --cached " + ShellWord.of(path)
                                + "), and write paths in the code with forward slashes, relative to the repository.")));
    }
}
