package org.labharness.autograder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.autograder.sample.Golden;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.Inspection;
import org.labharness.pipeline.evidence.SubmissionFacts;

class InspectionReportTests {
    private static final SubmissionFacts SUBMISSION = new SubmissionFacts(
            "https://example.org/course/student-07.git", "main", "0123456789".repeat(4), "", Instant.EPOCH, 3);

    private static final Inspection INSPECTION = new Inspection(
            SUBMISSION,
            List.of(),
            List.of(
                    new Finding(
                            "code.script-missing",
                            Severity.BLOCKS,
                            new Place("dvc.yaml", 2),
                            "Stage 'train' runs src/train.py, which is not in Git; there is a file train.py.",
                            "Correct the path under 'cmd:' in dvc.yaml; it starts at the stage's folder."),
                    new Finding(
                            "dvc.no-dvc-folder",
                            Severity.COSTS_POINTS,
                            null,
                            "The folder .dvc is not in Git, so in a fresh clone every dvc command says 'you are not inside of a DVC repository'.",
                            "Run 'dvc init' once, then: git add .dvc && git commit."),
                    new Finding(
                            "repo.large-file",
                            Severity.ADVICE,
                            Place.of("a/very/long/path/that/leads/to/the/largest/of/all/files/model.bin"),
                            "It\u001B[31m is large.",
                            "")));

    @ParameterizedTest
    @ValueSource(ints = {80, 40})
    void findings_are_grouped_and_fit_the_width(int width) {
        String text = InspectionReport.text(INSPECTION, new TerminalStyle(false, width));
        Golden.check("report/inspection-" + width + ".txt", text);
        assertThat(text.lines().filter(line -> line.length() > width))
                .allMatch(line -> line.strip().indexOf(' ') < 0, "only words that no line can hold");
        assertThat(text).doesNotContain("\u001B");
    }

    @Test
    void a_repository_without_findings_is_told_so() {
        assertThat(InspectionReport.text(new Inspection(SUBMISSION, List.of(), List.of()), TerminalStyle.plain()))
                .endsWith("\nNothing found that would stand in the way of a clean clone.\n");
    }

    @Test
    void the_json_holds_every_part_of_a_finding() {
        Golden.check("report/inspection.json", InspectionReport.json(INSPECTION));
    }
}
