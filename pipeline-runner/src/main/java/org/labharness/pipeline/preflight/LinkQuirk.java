package org.labharness.pipeline.preflight;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.ShellWord;
import org.labharness.pipeline.document.TreeLinks.Left;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** Committed links that a clone cannot follow. The others are as good as what they lead to. */
final class LinkQuirk implements Quirk {
    private static final int SHOWN = 3;
    /** Links that are looked for in what stages and scripts name. */
    private static final int MOST_SOUGHT = 100;

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        Map<String, Left> left = view.tree().links().left();
        int shown = 0;
        int sought = 0;
        Map.Entry<String, Left> harmless = null;
        for (Map.Entry<String, Left> each : left.entrySet()) {
            Optional<String> user = ++sought > MOST_SOUGHT ? Optional.empty() : user(view, each.getKey());
            if (user.isPresent() && shown < SHOWN) {
                shown++;
                findings.accept(FindingCode.REPO_BROKEN_LINK.at(
                        Place.of(each.getKey()),
                        words(each.getKey(), each.getValue(), 0) + " " + user.get() + ".",
                        hint(view, each.getKey(), each.getValue())));
            } else if (harmless == null) {
                harmless = each;
            }
        }
        if (harmless != null) {
            findings.accept(FindingCode.REPO_SYMBOLIC_LINK.at(
                    Place.of(harmless.getKey()),
                    words(harmless.getKey(), harmless.getValue(), left.size() - shown - 1),
                    hint(view, harmless.getKey(), harmless.getValue())));
        }
    }

    private static String words(String path, Left link, int others) {
        return path + " is a symbolic link" + (link.target().isEmpty() ? "" : " to '" + shown(link.target()) + "'")
                + " that " + link.flaw().words()
                + ". While grading it is a small text file that holds its target"
                + (others == 0
                        ? "."
                        : "; " + others + " more " + (others == 1 ? "link is" : "links are") + " like it.");
    }

    private static String shown(String target) {
        String line = target.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 100 ? line.substring(0, 99) + "…" : line;
    }

    /** Who names the link, or what lies behind or around it. */
    private static Optional<String> user(TreeView view, String path) {
        return view.stages()
                .filter(stage -> names(stage, path))
                .findFirst()
                .map(stage -> "Stage '" + stage.name() + "' needs what it leads to")
                .or(() -> view.python().stream()
                        .filter(file -> view.text(file.path())
                                .filter(text -> text.content().contains(path))
                                .isPresent())
                        .findFirst()
                        .map(file -> file.path() + " names it"));
    }

    private static boolean names(Stage stage, String path) {
        return Stream.concat(stage.deps().stream(), stage.params().keySet().stream())
                        .anyMatch(named -> Paths.isWithin(named, path) || Paths.isWithin(path, named))
                || stage.commands().stream().anyMatch(command -> command.contains(path));
    }

    private static String hint(TreeView view, String path, Left link) {
        String word = ShellWord.of(path);
        return switch (link.flaw()) {
            // No command that copies: the link may lead to what nobody but its owner should read.
            case ABSOLUTE, OUTSIDE ->
                "Take the link out (git rm " + word
                        + ") and keep a file of your own in its place, large data under DVC, then commit. A"
                        + " link inside the repository has to be relative.";
            case GIT ->
                "Take the link out: git rm " + word
                        + " && git commit. What lies in .git, passwords among it, is not to be committed: keep what is"
                        + " needed of it in a file of your own.";
            case DANGLING -> {
                String place = Paths.join(Paths.parent(path), link.target());
                yield "Commit what it leads to: git add " + ShellWord.of(place) + " && git commit." + view.hidden(place)
                        + " Or take the link out: git rm " + word + ".";
            }
            case CIRCULAR, UNREADABLE -> "Take it out: git rm " + word + " && git commit.";
            case TOO_MANY -> "Keep no more than a few links in Git, and folders that tools make in .gitignore.";
        };
    }
}
