package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.labharness.lab.HistoryCheck;
import org.labharness.pipeline.evidence.HistoryFacts;
import org.labharness.pipeline.evidence.HistoryFacts.Line;
import org.labharness.pipeline.evidence.HistoryFacts.Merge;
import org.labharness.pipeline.evidence.HistoryFacts.Work;

/** {@code git-history}: equal parts for whatever is asked, each as far as it is met. */
final class GitHistoryRule {
    private static final int SHOWN = 4;

    private final Work work;
    private final EqualParts parts = new EqualParts();
    private final List<String> lacking = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final List<String> advice = new ArrayList<>();

    private GitHistoryRule(Work work) {
        this.work = work;
    }

    static Ruling judge(HistoryCheck.GitHistory spec, Case subject) {
        HistoryFacts history = subject.evidence().history();
        return history == null || history.work() == null
                ? Ruling.ours("The history of the repository could not be read.")
                : new GitHistoryRule(history.work()).ruling(spec, subject);
    }

    private Ruling ruling(HistoryCheck.GitHistory spec, Case subject) {
        branches(spec.branches());
        merges(spec.merges());
        conflicts(spec.conflicts());
        part(
                spec.commits(),
                work.commits(),
                PlainText.count(spec.commits(), "commit"),
                "",
                "Commit each step by itself while you work (git add -p, git commit), and push them all.");
        authors(spec.authors());
        if (parts.areMet()) {
            return Ruling.full(String.join("; ", seen) + ".");
        }
        return Ruling.part(
                parts.of(subject.full()),
                Sentence.of(
                        String.join(" ", lacking) + (seen.isEmpty() ? "" : " Met: " + String.join("; ", seen) + "."),
                        String.join(" ", advice)));
    }

    private void branches(int wanted) {
        String straight = work.straight().isEmpty()
                ? ""
                : " (" + PlainText.list(work.straight())
                        + (work.straight().size() == 1 ? " holds" : " hold") + " no commit that "
                        + PlainText.name(work.branch())
                        + " lacks: merged by fast-forward, or never worked on)";
        part(
                wanted,
                work.lines().size(),
                wanted + (wanted == 1 ? " branch" : " branches") + " with commits of " + (wanted == 1 ? "its" : "their")
                        + " own",
                lines() + (work.lines().size() < wanted ? straight : ""),
                "Work on a branch and push it: git switch -c <feature>, commit there, git push -u origin <feature>.");
    }

    private void merges(int wanted) {
        part(
                wanted,
                work.merges().size(),
                PlainText.count(wanted, "merge") + " of a branch into " + PlainText.name(work.branch()),
                merged(work.merges()),
                "Merge with a commit of its own, by a pull request or git switch " + PlainText.shell(work.branch())
                        + " && git merge --no-ff <feature>, and push. A merge that only updates your clone (git pull) does not count.");
    }

    private void conflicts(int wanted) {
        List<Merge> resolved = work.merges().stream()
                .filter(merge -> !merge.conflicts().isEmpty())
                .toList();
        part(
                wanted,
                resolved.size(),
                PlainText.count(wanted, "merge") + " with a resolved conflict",
                resolved.isEmpty()
                        ? ""
                        : " ("
                                + resolved.stream()
                                        .limit(SHOWN)
                                        .map(merge -> merge.commit() + " in " + PlainText.list(merge.conflicts()))
                                        .collect(Collectors.joining("; "))
                                + ")",
                "Where two branches have changed the same lines, merge both, put the lines right in the merge commit, and push it.");
    }

    /** The first of several goes without saying: whoever works alone has met nothing of it. */
    private void authors(int wanted) {
        int given = wanted > 1 ? 1 : 0;
        part(
                wanted,
                work.authors().size(),
                given,
                PlainText.count(wanted, "author"),
                authors(),
                "Let everybody commit their own work under their own name (git config user.name, user.email).");
    }

    private void part(int wanted, int found, String what, String details, String how) {
        part(wanted, found, 0, what, details, how);
    }

    /**
     * @param given so many of them earn nothing
     * @param details of what was seen, in brackets
     */
    private void part(int wanted, int found, int given, String what, String details, String how) {
        if (wanted == 0) {
            return;
        }
        parts.add(Math.max(0, found - given), wanted - given);
        String told = what + " expected, " + (found == 0 ? "none" : found) + " seen" + details;
        if (found >= wanted) {
            seen.add(told);
        } else {
            lacking.add(told + ".");
            advice.add(how);
        }
    }

    private String lines() {
        return work.lines().isEmpty()
                ? ""
                : " ("
                        + work.lines().stream()
                                .limit(SHOWN)
                                .map(GitHistoryRule::line)
                                .collect(Collectors.joining(", "))
                        + more(work.lines().size()) + ")";
    }

    private static String line(Line line) {
        return PlainText.name(line.name()) + ": " + PlainText.count(line.commits(), "commit")
                + (line.merged() ? ", merged" : ", not merged");
    }

    private static String merged(List<Merge> merges) {
        return merges.isEmpty()
                ? ""
                : " ("
                        + merges.stream()
                                .limit(SHOWN)
                                .map(merge -> merge.commit() + " " + PlainText.quoted(merge.subject()))
                                .collect(Collectors.joining(", "))
                        + more(merges.size()) + ")";
    }

    private String authors() {
        return work.authors().isEmpty()
                ? ""
                : " ("
                        + work.authors().stream()
                                .limit(SHOWN)
                                .map(author -> PlainText.name(author.name()) + ": " + author.commits())
                                .collect(Collectors.joining(", "))
                        + more(work.authors().size()) + ")";
    }

    private static String more(int all) {
        return all > SHOWN ? " and " + (all - SHOWN) + " more" : "";
    }
}
