package org.labharness.pipeline.preflight;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.labharness.pipeline.document.TreeLinks.Flaw;
import org.labharness.pipeline.document.TreeLinks.Left;

/**
 * Paths that nobody may be advised to commit: what Git keeps for itself, which may hold passwords, and what lies outside of the repository, or
 * behind a link that leads there, where whoever wrote the link decides what it is.
 */
final class Unkept {
    private Unkept() {}

    /** What to do about such a path instead; empty where it can be committed. */
    static Optional<String> advice(TreeView view, String path) {
        Optional<Flaw> flaw = view.tree().links().flawOf(path).map(Left::flaw);
        if (ofGit(path) || flaw.filter(Flaw.GIT::equals).isPresent()) {
            return Optional.of(
                    "What lies in .git belongs to Git on one machine, and is not to be committed: keep what is needed of it in a file of your own.");
        }
        return path.startsWith("/")
                        || path.equals("..")
                        || path.startsWith("../")
                        || flaw.filter(it -> it == Flaw.ABSOLUTE || it == Flaw.OUTSIDE)
                                .isPresent()
                ? Optional.of(
                        "It lies outside of the repository: keep a file of its own in the repository, and name that.")
                : Optional.empty();
    }

    /** That, or this advice to commit the path. */
    static String orCommit(TreeView view, String path, Supplier<String> advice) {
        return advice(view, path).orElseGet(advice);
    }

    private static boolean ofGit(String path) {
        return Stream.of(path.toLowerCase(Locale.ROOT).split("/")).anyMatch(".git"::equals);
    }
}
