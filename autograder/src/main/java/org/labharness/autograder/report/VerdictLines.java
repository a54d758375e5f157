package org.labharness.autograder.report;

import java.util.ArrayList;
import java.util.List;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.score.Mark;
import org.labharness.lab.Verdict;

/** Verdicts in short, a line each, and for what is missing the reason and what to do. */
public final class VerdictLines {
    private static final int LONGEST = 400;

    private VerdictLines() {}

    /** Indented; not wrapped. */
    public static List<String> of(List<Verdict> verdicts) {
        List<String> lines = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            lines.add("  " + Mark.of(verdict).sign() + " " + verdict.points() + "/" + verdict.of() + " "
                    + PlainText.line(verdict.title(), LONGEST));
            if (Mark.of(verdict) != Mark.FULL) {
                lines.add("      " + PlainText.line(verdict.message(), LONGEST));
                if (!verdict.hint().isEmpty()) {
                    lines.add("      -> " + PlainText.line(verdict.hint(), LONGEST));
                }
            }
        }
        return lines;
    }
}
