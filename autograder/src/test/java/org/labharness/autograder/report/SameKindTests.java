package org.labharness.autograder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.Golden;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.Inspection;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.SubmissionFacts;

class SameKindTests {
    @Test
    void fourOfAKindAreAllTold() {
        SameKind kind =
                SameKind.of(some(4, "dvc.output-in-git", Severity.BLOCKS)).getFirst();

        assertThat(kind.told()).hasSize(4);
        assertThat(kind.rest()).isEmpty();
    }

    @Test
    void ofTwentyOfAKindThreeAreToldAndWhereTheOthersAre() {
        SameKind kind =
                SameKind.of(some(20, "dvc.output-in-git", Severity.BLOCKS)).getFirst();

        assertThat(kind.told()).hasSize(3);
        assertThat(kind.rest())
                .isEqualTo(
                        "17 more of the same kind: dvc.yaml:4, dvc.yaml:5, dvc.yaml:6, dvc.yaml:7, dvc.yaml:8, dvc.yaml:9, …");
    }

    @Test
    void aSentenceThatBeginsWithItsPlaceIsNotPrecededByIt() {
        Place place = new Place("src/train.py", 7);

        assertThat(SameKind.sentence(
                        new Finding("a", Severity.ADVICE, place, "src/train.py:7 fixes the tracking server.", "")))
                .isEqualTo("src/train.py:7 fixes the tracking server.");
        assertThat(SameKind.sentence(new Finding("a", Severity.ADVICE, place, "The tracking server is fixed.", "")))
                .isEqualTo("src/train.py:7: The tracking server is fixed.");
    }

    @Test
    void findingsWithoutAPlaceAreCounted() {
        List<Finding> nowhere = IntStream.range(0, 5)
                .mapToObj(i -> new Finding("a", Severity.ADVICE, null, "Seen.", ""))
                .toList();

        assertThat(SameKind.of(nowhere).getFirst().rest()).isEqualTo("2 more of the same kind");
    }

    @Test
    void theSameSlipInManyFilesDoesNotPushOtherKindsOffTheScreen() {
        List<Finding> findings = new ArrayList<>(some(9, "dvc.params-as-dep", Severity.COSTS_POINTS));
        findings.addAll(some(18, "dvc.output-in-git", Severity.BLOCKS));
        findings.addAll(some(1, "repo.default-branch", Severity.ADVICE));

        assertThat(SameKind.of(findings))
                .extracting(kind -> kind.told().getFirst().code())
                .containsExactly("dvc.output-in-git", "dvc.params-as-dep", "repo.default-branch");
        Golden.check(
                "report/inspection.txt",
                InspectionReport.text(
                        new Inspection(
                                new SubmissionFacts("student-01", "main", "c0ffee1234".repeat(4), "", Instant.EPOCH, 1),
                                List.of(pipelineOfOneStage()),
                                findings),
                        new TerminalStyle(false, 80)));
    }

    private static PipelineFacts pipelineOfOneStage() {
        return new PipelineFacts(
                "",
                List.of(new PipelineFacts.Stage(
                        "train",
                        List.of("true"),
                        "",
                        List.of(),
                        List.of(),
                        Map.of(),
                        false,
                        false,
                        new Place("dvc.yaml", 2))),
                null,
                null);
    }

    private static List<Finding> some(int number, String code, Severity severity) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(line -> new Finding(
                        code, severity, new Place("dvc.yaml", line), "Line " + line + " is wrong.", "Mend it."))
                .toList();
    }
}
