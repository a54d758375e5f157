package org.labharness.autograder.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.score.Mark;
import org.labharness.lab.Verdict;

/** Verdicts in short, a line each, and for what is missing the reason and what to do; the same advice is given once. */
public final class VerdictLines {
    /** What follows the points where some of them are provisional. */
    public static final String HELD =
            "; part of it is the harness's own matter: no point is lost, and staff look at it";

    private static final int LONGEST = 400;

    private VerdictLines() {}

    /** Indented; not wrapped. */
    public static List<String> of(List<Verdict> verdicts) {
        List<String> lines = new ArrayList<>();
        Map<String, String> hints = new HashMap<>();
        for (Verdict verdict : verdicts) {
            lines.add("  " + Mark.of(verdict).sign() + " " + verdict.points() + "/" + verdict.of() + " "
                    + PlainText.line(verdict.title(), LONGEST) + " (" + verdict.id() + ")");
            if (Mark.of(verdict) != Mark.FULL) {
                lines.add("      " + PlainText.line(verdict.message(), LONGEST));
                if (!verdict.hint().isEmpty()) {
                    String first =
                            hints.putIfAbsent(verdict.hint(), verdict.id().value());
                    lines.add("      -> "
                            + (first == null ? PlainText.line(verdict.hint(), LONGEST) : "as for " + first));
                }
            }
        }
        return lines;
    }
}
