package org.labharness.autograder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.HostileEvidence;
import org.labharness.autograder.sample.SampleOutcomes;
import org.labharness.autograder.sample.WayOfGoingWrong;

class TerminalReportTests {
    private static final TerminalStyle PLAIN = new TerminalStyle(false, 80);

    @Test
    void aGradedSubmissionReadsLikeThis() {
        Outcome outcome = SampleOutcomes.graded(WayOfGoingWrong.STAGE_EXITS_NON_ZERO);

        Golden.check("report/graded.txt", TerminalReport.write(outcome, PLAIN));
        Golden.check("report/graded-coloured.txt", TerminalReport.write(outcome, new TerminalStyle(true, 120)));
    }

    @Test
    void refusalsBreakdownsAndHeldPointsReadLikeThis() {
        Golden.check(
                "report/others.txt",
                TerminalReport.write(SampleOutcomes.refused(), PLAIN)
                        + TerminalReport.write(SampleOutcomes.broken(), PLAIN)
                        + TerminalReport.write(SampleOutcomes.graded(WayOfGoingWrong.HARNESS_BROKE), PLAIN));
    }

    @Test
    void aClassIsATableOfStudentsAndLabs() {
        Golden.check("report/class.txt", TerminalReport.table(outcomes(), PLAIN));
    }

    @Test
    void noEscapeSequenceOfAStudentReachesTheTerminal() {
        String text = TerminalReport.write(HostileEvidence.outcome(), PLAIN)
                + TerminalReport.table(List.of(HostileEvidence.outcome()), PLAIN);

        assertThat(text).doesNotContainPattern("[\\p{Cc}&&[^\n]]").doesNotContain("\u202E");
    }

    @Test
    void coloursAreUsedOnlyWhereAskedFor() {
        Outcome outcome = SampleOutcomes.graded(WayOfGoingWrong.NONE);

        assertThat(TerminalReport.write(outcome, PLAIN)).doesNotContain("\u001B");
        assertThat(TerminalReport.write(outcome, new TerminalStyle(true, 80))).contains("\u001B[32m");
    }

    @Test
    void linesAreNoWiderThanTheTerminal() {
        String text = TerminalReport.write(SampleOutcomes.graded(WayOfGoingWrong.DATA_UNREACHABLE), PLAIN);

        assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    }

    private static List<Outcome> outcomes() {
        return List.of(SampleOutcomes.graded(WayOfGoingWrong.NONE), SampleOutcomes.refused(), SampleOutcomes.broken());
    }
}
