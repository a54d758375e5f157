package org.labharness.autograder.cli;

import java.util.Objects;
import org.labharness.autograder.grading.GradeRequest;
import org.labharness.autograder.grading.Remotes;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.intake.Freezer.Thawed;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.report.Outcome;
import org.labharness.lab.Lab;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.Progress;

/** Runs submissions of a course from what was kept of them, and files what became of each. */
final class CourseRuns {
    private final Harness harness;
    private final Freezer freezer;
    private final Filing filing;
    private final CourseId course;
    private final Remotes remotes;

    CourseRuns(Harness harness, Freezer freezer, Filing filing, CourseId course, Remotes remotes) {
        this.harness = harness;
        this.freezer = freezer;
        this.filing = filing;
        this.course = course;
        this.remotes = remotes;
    }

    /**
     * Runs a submission whose bundle is kept.
     *
     * @param number of the submission
     * @param by who asks for it
     * @param why in a few words where it is not the first time; else empty
     */
    Outcome run(long number, SubmissionFact submission, Lab lab, Progress progress, String by, String why) {
        String bundle = Objects.requireNonNull(submission.bundle(), "a submission that was frozen");
        try (Thawed thawed = freezer.thaw(submission, bundle)) {
            GradeRequest request = new GradeRequest(
                    submission.owner().id(),
                    thawed.source(),
                    lab,
                    remotes.remote(course, submission.owner(), submission.lab()).orElse(null));
            Outcome outcome = harness.grade(request, progress);
            filing.became(number, outcome, lab, by, why);
            return outcome;
        }
    }
}
