package org.labharness.autograder.report;

import static org.labharness.autograder.page.Markdown.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.labharness.autograder.score.Mark;
import org.labharness.lab.Finding;
import org.labharness.lab.Severity;
import org.labharness.lab.Verdict;

/** Markdown, for posting back where the work was handed in. Whatever a student wrote is text in it: no link, no image, no mention. */
public final class MarkdownReport {
    private static final int FINDINGS = 20;

    private final StringBuilder out = new StringBuilder();
    private final Map<String, String> hints = new HashMap<>();

    private MarkdownReport() {}

    public static String write(Outcome outcome) {
        MarkdownReport report = new MarkdownReport();
        Outcome.Submission submission = outcome.submission();
        switch (outcome) {
            case Outcome.Graded graded -> report.graded(graded);
            case Outcome.Refused refused ->
                report.line("## " + text(submission.labTitle()) + ": refused\n\n" + text(refused.message())
                        + "\n\nNothing was counted.");
            case Outcome.Broken broken ->
                report.line("## " + text(submission.labTitle()) + ": not graded\n\n" + text(broken.message())
                        + "\n\nThis is the harness's matter: it costs no points and no attempt.");
        }
        if (submission.commit() != null) {
            report.line("\nCommit " + submission.commit().substring(0, 10) + ", "
                    + Moment.received(submission.received(), Moment.UTC) + ".");
        }
        return report.out.toString();
    }

    private void graded(Outcome.Graded graded) {
        line("## " + text(graded.submission().labTitle()) + ": "
                + text(graded.scorecard().describe()));
        if (graded.scorecard().held()) {
            line("\n" + text(graded.scorecard().heldBecause()));
        }
        if (!graded.people().isEmpty()) {
            line("\n" + text(graded.people()));
        }
        line("\n| | Check | Points | Why |\n|---|---|---:|---|");
        graded.scorecard().verdicts().forEach(this::check);
        List<Finding> findings = graded.evidence().findings().stream()
                .filter(finding -> finding.severity() != Severity.ADVICE)
                .limit(FINDINGS)
                .toList();
        if (!findings.isEmpty()) {
            line("\n### Noticed while reading\n");
            SameKind.of(findings).forEach(this::noticed);
        }
    }

    private void noticed(SameKind kind) {
        kind.told()
                .forEach(finding -> line("- "
                        + text(SameKind.sentence(finding))
                        + (finding.hint().isEmpty() ? "" : " → " + text(finding.hint()))));
        if (!kind.others().isEmpty()) {
            line("- " + text(kind.rest()));
        }
    }

    private void check(Verdict verdict) {
        String first = hints.putIfAbsent(verdict.hint(), verdict.id().value());
        String hint = verdict.hint().isEmpty()
                ? ""
                : "<br>→ " + (first == null ? text(verdict.hint()) : "as for " + text(first));
        line("| " + Mark.of(verdict).emoji() + " | " + text(verdict.title()) + (verdict.bonus() ? " (bonus)" : "")
                + " | " + verdict.points() + " / " + verdict.of() + " | " + text(verdict.message()) + hint + " |");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
