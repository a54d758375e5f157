package org.labharness.autograder.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.check.Checks;
import org.labharness.autograder.grading.Facts;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.score.Scorecard;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RunStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.lab.Lab;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.CourseLab;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.Evidence;

/** Notes what was handed in and what became of it, so that it counts in the course. */
public final class Filing {
    /** Who decides where nobody did. */
    public static final String HARNESS = "harness";

    private final SubmissionStore store;
    private final RunStore runs;
    private final Archive archive;
    private final CourseId course;
    private final String version;
    private final InstantSource clock;

    /**
     * @param archive keeps the evidence
     * @param version of the program
     */
    public Filing(Database database, Archive archive, CourseId course, String version, InstantSource clock) {
        this.store = new SubmissionStore(database);
        this.runs = new RunStore(database);
        this.archive = archive;
        this.course = course;
        this.version = version;
        this.clock = clock;
    }

    /** Whose work something is that a student hands in for a lab: the team's where the lab is for teams. */
    public static Owner owner(CourseLab lab, Student student) {
        return lab.team() && student.team() != null
                ? new Owner.OfTeam(student.team())
                : new Owner.OfStudent(student.id());
    }

    /** The number of a submission, noted if it is new. */
    public long submitted(SubmissionFact fact) {
        return store.submission(course, fact, clock.instant());
    }

    /** The number of a submission, noted if it is new, with what tells whose environment it shares. */
    public long submitted(Freezer.Kept kept) {
        long number = submitted(kept.fact());
        store.packages(number, kept.packages());
        return number;
    }

    /** Notes a time at which a submission was there, where none that can be trusted was known. */
    void wasThere(long submission, Instant received) {
        store.received(submission, received);
    }

    /**
     * Notes what became of a run of a submission, and lets what it is worth count from now on. Its evidence is kept before anything
     * names it.
     *
     * @param lab as it was when the submission was run
     * @param why in a few words where it is not the first time; else empty
     */
    public void became(long submission, Outcome outcome, Lab lab, String by, String why) {
        Instant now = clock.instant();
        if (outcome instanceof Outcome.Graded graded) {
            archive.keep(graded.evidence());
        }
        RunFact first = Facts.run(outcome, lab, 1, now);
        int generation = store.nextGeneration(submission, first.digest(), first.images());
        long run = store.run(submission, Facts.run(outcome, lab, generation, now));
        if (outcome instanceof Outcome.Graded graded) {
            long evaluation = store.evaluation(run, Facts.evaluation(graded.scorecard(), lab, version, now));
            store.stands(submission, evaluation, by, why, now);
        }
    }

    /**
     * Notes how the run of a grading ended, unless that is known already. Its evidence is kept before anything names it; what it is
     * worth does not count yet.
     *
     * @param lab as it was when the submission was run
     */
    public RunStore.Filed ran(Grading grading, Outcome outcome, Lab lab) {
        if (outcome instanceof Outcome.Graded graded) {
            archive.keep(graded.evidence());
        }
        return runs.file(grading.submission(), grading.id(), Facts.run(outcome, lab, 1, clock.instant()));
    }

    /**
     * The evidence that a run left.
     *
     * @throws SystemBroke where it is not there any more, or damaged
     */
    public Evidence evidence(String digest) {
        return archive.evidence(digest);
    }

    /** Lets what a rubric makes of a run count from now on. */
    public Scorecard judged(RunStore.Ran run, Evidence evidence, Lab lab, String by, String why) {
        Scorecard scorecard = Scorecard.of(lab, Checks.evaluate(lab, evidence));
        Instant now = clock.instant();
        long evaluation = store.evaluation(run.id(), Facts.evaluation(scorecard, lab, version, now));
        store.stands(run.submission(), evaluation, by, why, now);
        return scorecard;
    }

    /** The commit and refs of an outcome as a submission, where it came to a commit. */
    public static Optional<SubmissionFact> submission(CourseLab lab, Owner owner, Outcome outcome) {
        return outcome instanceof Outcome.Graded graded
                ? Optional.of(new SubmissionFact(
                        lab.id(),
                        owner,
                        graded.evidence().submission().repository(),
                        graded.evidence().submission().ref(),
                        graded.evidence().submission().commit(),
                        graded.evidence().submission().refsDigest(),
                        graded.submission().received(),
                        null))
                : Optional.empty();
    }
}
