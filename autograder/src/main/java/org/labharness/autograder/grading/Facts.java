package org.labharness.autograder.grading;

import java.time.Instant;
import java.util.List;
import org.labharness.autograder.ledger.EvaluationFact;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.RunFact.End;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.score.Scorecard;
import org.labharness.lab.Check;
import org.labharness.lab.Lab;

/** An outcome as facts of a course. */
public final class Facts {
    private Facts() {}

    /**
     * That a submission was run.
     *
     * @param lab as it was when the submission was run
     * @param generation 1, or one more each time that somebody asked for another run of the same
     */
    public static RunFact run(Outcome outcome, Lab lab, int generation, Instant ended) {
        String digest = RunDigest.of(lab);
        String images = RunDigest.images(outcome.harness().images());
        return switch (outcome) {
            case Outcome.Graded graded ->
                new RunFact(
                        digest,
                        images,
                        generation,
                        End.GRADED,
                        "",
                        "",
                        graded.digest(),
                        RunDigest.requests(lab),
                        ended);
            case Outcome.Refused refused ->
                new RunFact(
                        digest,
                        images,
                        generation,
                        End.REFUSED,
                        refused.reason().code(),
                        refused.message(),
                        null,
                        RunDigest.requests(lab),
                        ended);
            case Outcome.Broken broken ->
                new RunFact(
                        digest,
                        images,
                        generation,
                        End.BROKEN,
                        broken.reason().code(),
                        broken.message(),
                        null,
                        RunDigest.requests(lab),
                        ended);
        };
    }

    /** SHA-256 (hex) over everything of a lab that decides what happens in a run, as {@link RunFact#digest()} has it. */
    public static String digest(Lab lab) {
        return RunDigest.of(lab);
    }

    /** What a check needs collected, as {@link RunFact#requests()} names it. */
    public static List<String> requests(Check check) {
        return RunDigest.requests(check);
    }

    /** What the lab's rubric made of a run. */
    public static EvaluationFact evaluation(Scorecard scorecard, Lab lab, String harness, Instant at) {
        return new EvaluationFact(
                lab.digest(),
                harness,
                scorecard.points(),
                scorecard.of(),
                scorecard.bonus(),
                scorecard.held(),
                scorecard.verdicts(),
                at);
    }
}
