package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.job.Estimate;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Grading.State;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.Way;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseClock;
import org.labharness.lab.course.CourseId;

/** What a class's grading says before it begins and when it is over. */
class BatchWordsTests {
    private static Grading grading(String student, State state, String code, String message) {
        return new Grading(
                1,
                1,
                CourseId.parse("mlops"),
                LabId.parse("dvc-pipeline"),
                Owner.parse("student:" + student),
                Way.BATCH,
                "staff",
                "",
                false,
                0,
                state,
                0,
                Instant.EPOCH,
                null,
                null,
                "",
                "",
                code,
                message);
    }

    @Test
    void anEstimateSaysWhatItRestsOn() {
        assertThat(EstimateWords.of(new Estimate(60, Duration.ofMinutes(33), true, 2, 0)))
                .isEqualTo("60 submissions to grade, about 0.55 slot-hours, 2 at once: about 17 min.");
        assertThat(EstimateWords.of(new Estimate(1, Duration.ofMinutes(10), false, 2, 3)))
                .isEqualTo(
                        "1 submission to grade, at most 0.17 slot-hours by the labs' time limits, 2 at once: at most 10 min."
                                + " 3 are judged by this rubric already (--force runs them again).");
        assertThat(EstimateWords.of(new Estimate(4, Duration.ofSeconds(8), true, 2, 0)))
                .isEqualTo("4 submissions to grade, less than 0.01 slot-hours, 2 at once: about 4 s.");
        assertThat(EstimateWords.of(new Estimate(0, Duration.ZERO, true, 2, 1)))
                .isEqualTo("Nothing is to be graded. 1 is judged by this rubric already (--force runs it again).");
        assertThat(EstimateWords.duration(Duration.ofHours(3).plusMinutes(5))).isEqualTo("3 h 5 min");
    }

    @Test
    void aSummaryNamesTheOthersByKindWithWhatToDo() {
        BatchSummary summary = new BatchSummary(
                List.of(
                        grading("s01", State.DONE, "", "graded: 44 of 50"),
                        grading("s02", State.DONE, "", "refused: The repository holds\u001B[31m nothing."),
                        grading("s03", State.DONE, "network", "The host example.org was not reached."),
                        grading("s04", State.CANCELLED, "", "Cancelled by staff.")),
                List.of(),
                2,
                List.of(),
                new CourseClock(ZoneOffset.UTC));

        assertThat(summary.words()).isEqualTo("""
                4 submissions: 1 broken (network), 1 cancelled, 1 graded, 1 refused.
                2 were judged by the rubric already and left alone. --force runs again.

                Broken (network): 1. It is not theirs, and cost them nothing; run the batch again.
                  s03  dvc-pipeline  The host example.org was not reached.

                Cancelled: 1. Nobody graded it.
                  s04  dvc-pipeline  Cancelled by staff.

                Refused: 1. It is theirs to mend; it cost no attempt.
                  s02  dvc-pipeline  refused: The repository holds nothing.
                """);
        assertThat(summary.broke()).isTrue();
    }
}
