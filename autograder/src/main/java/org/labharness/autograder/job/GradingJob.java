package org.labharness.autograder.job;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.grading.Facts;
import org.labharness.autograder.grading.GradeRequest;
import org.labharness.autograder.grading.Remotes;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.intake.Freezer.Thawed;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.queue.Need;
import org.labharness.autograder.queue.Work;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.score.Scorecard;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RunStore;
import org.labharness.autograder.store.RunStore.Ran;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.lab.Lab;
import org.labharness.lab.Limits;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.load.InvalidDescription;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.Evidence;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * The grading of one submission as a job of two steps: {@code run} starts the student's containers and notes how that ended,
 * {@code judge} lets it count. Ended in the middle, it goes on with what is missing.
 */
public final class GradingJob implements Work {
    /** How the message of a grading begins whose points are provisional: something of it could not be tested here. */
    public static final String HELD = "held";

    private static final String GRADED = "graded";

    private static final String NAME = "grading";
    /** Of a kind of file and its digest. */
    private static final int WHAT = 20;

    private final Database database;
    private final Jobs jobs;
    private final SubmissionStore submissions;
    private final RunStore runs;
    private final Freezer freezer;
    private final Function<CourseId, Filing> filing;
    private final Labs labs;
    private final Sandboxed sandboxed;
    private final Remotes remotes;
    private final Function<RuntimeException, String> unforeseen;

    /** Runs a submission: what is wrong with it, or with the system, is an outcome. */
    public interface Sandboxed {
        Outcome grade(GradeRequest request, Progress progress);
    }

    /** The labs of the courses that are graded, as they are described now. */
    public interface Labs {
        /** @throws InvalidDescription where it cannot be read */
        Lab lab(Grading grading);
    }

    /** @param unforeseen keeps a failure that nobody foresaw, and gives the words for it */
    public GradingJob(
            Database database,
            Freezer freezer,
            Function<CourseId, Filing> filing,
            Labs labs,
            Sandboxed sandboxed,
            Function<RuntimeException, String> unforeseen) {
        this(database, freezer, filing, labs, sandboxed, Remotes.NONE, unforeseen);
    }

    /**
     * @param remotes where data is taken from before anybody is asked
     * @param unforeseen keeps a failure that nobody foresaw, and gives the words for it
     */
    public GradingJob(
            Database database,
            Freezer freezer,
            Function<CourseId, Filing> filing,
            Labs labs,
            Sandboxed sandboxed,
            Remotes remotes,
            Function<RuntimeException, String> unforeseen) {
        this.database = database;
        this.jobs = Jobs.in(database);
        this.submissions = new SubmissionStore(database);
        this.runs = new RunStore(database);
        this.freezer = freezer;
        this.filing = filing;
        this.labs = labs;
        this.sandboxed = sandboxed;
        this.remotes = remotes;
        this.unforeseen = unforeseen;
    }

    @Override
    public Need need(Grading grading) {
        try {
            return Need.of(labs.lab(grading).limits());
        } catch (RuntimeException said) {
            // A lab that is not in the course any more, say: whatever it is, it is said when it is performed.
            return Need.of(Limits.DEFAULT);
        }
    }

    @Override
    public Result perform(Grading grading, Watch watch) {
        try {
            return new One(grading, labs.lab(grading), watch).result();
        } catch (InvalidDescription invalid) {
            return Tries.after(grading, Breakdown.INTERNAL, unusable(grading));
        } catch (SystemBroke broke) {
            return Tries.after(grading, broke.code(), String.valueOf(broke.getMessage()));
        } catch (RuntimeException problem) {
            // The edge of one grading: a fault of ours in one must not end the worker.
            return database.explained(problem) instanceof SystemBroke broke
                    ? Tries.after(grading, broke.code(), String.valueOf(broke.getMessage()))
                    : Tries.after(grading, Breakdown.INTERNAL, unforeseen.apply(problem));
        }
    }

    /** Whoever handed in reads it as well, and what is wrong may show what is hidden, or where it lies. */
    private static String unusable(Grading grading) {
        return "The description of the lab " + grading.lab()
                + " cannot be used as it is now. That is not the submission's"
                + " matter and costs nothing. Staff mend its lab.yaml (./lab roster --course F says what is wrong with it)"
                + " and have it run again.";
    }

    /** That the step {@code run} came to nothing. */
    private static final class NotRun extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Result result;

        NotRun(Result result) {
            super("not run");
            this.result = result;
        }
    }

    /** One grading while it is performed. */
    private final class One {
        private final Grading grading;
        private final Lab lab;
        private final Watch watch;
        private @Nullable String words;

        One(Grading grading, Lab lab, Watch watch) {
            this.grading = grading;
            this.lab = lab;
            this.watch = watch;
        }

        Result result() {
            Job job = new JobBuilder(NAME, jobs.repository())
                    .start(step("run", this::run))
                    .next(step("judge", this::judge))
                    .build();
            List<Throwable> failures;
            try {
                failures = jobs.run(job, parameters());
            } catch (JobExecutionException problem) {
                throw new IllegalStateException("the job of grading " + grading.id() + " cannot be started", problem);
            }
            if (!failures.isEmpty()) {
                Throwable first = failures.getFirst();
                if (first instanceof NotRun notRun) {
                    return over(notRun.result, job);
                }
                throw first instanceof RuntimeException problem ? problem : new IllegalStateException(first);
            }
            return over(new Result.Over(brokenBy(), words == null ? words() : words), job);
        }

        private JobParameters parameters() {
            return new JobParametersBuilder().addLong(NAME, grading.id()).toJobParameters();
        }

        private Result over(Result result, Job job) {
            if (result instanceof Result.Over) {
                jobs.forget(job, parameters());
            }
            return result;
        }

        private Step step(String name, Runnable work) {
            return new StepBuilder(name, jobs.repository())
                    .tasklet((contribution, chunk) -> {
                        work.run();
                        return RepeatStatus.FINISHED;
                    })
                    .build();
        }

        /** Nothing is run where it is known already how this grading ended, or that of the same work before it. */
        private void run() {
            if (runs.ofGrading(grading.id()).isPresent() || earlier().isPresent()) {
                return;
            }
            SubmissionFact submission =
                    submissions.fact(grading.course(), grading.submission()).orElseThrow();
            String bundle = Objects.requireNonNull(submission.bundle(), "a submission that was frozen");
            Outcome outcome;
            try (Thawed thawed = thaw(submission, bundle)) {
                GradeRequest request = new GradeRequest(
                        submission.owner().id(),
                        thawed.source(),
                        lab,
                        remotes.remote(grading.course(), submission.owner(), submission.lab())
                                .orElse(null));
                outcome = watch.interruptibly(() -> sandboxed.grade(request, watch));
            }
            if (outcome instanceof Outcome.Broken broken) {
                Result result = Tries.after(grading, broken.reason(), broken.message());
                if (!(result instanceof Result.Over)) {
                    throw new NotRun(result);
                }
            }
            filing.apply(grading.course()).ran(grading, outcome, lab);
        }

        private Thawed thaw(SubmissionFact submission, String bundle) {
            try {
                return freezer.thaw(submission, bundle);
            } catch (SystemBroke broke) {
                throw lost(broke, "bundle " + bundle);
            } catch (SubmissionRefused refused) {
                throw new NotRun(new Result.Over("", "refused: " + refused.getMessage()));
            }
        }

        /** What was kept of one submission is missing or damaged: that stops no other. Where it lay is no matter of who reads this. */
        private RuntimeException lost(SystemBroke broke, String what) {
            return broke.code() == Breakdown.DATABASE || broke.code() == Breakdown.INTERNAL
                    ? new NotRun(new Result.Over(
                            broke.code().code(),
                            "What was kept of submission " + grading.submission() + " (" + what.substring(0, WHAT)
                                    + ") is missing or damaged. Staff bring it back from a backup (./lab restore), or take"
                                    + " the work anew (./lab grade --course)."))
                    : broke;
        }

        private Optional<Ran> earlier() {
            return grading.anew() ? Optional.empty() : runs.settled(grading.submission(), Facts.digest(lab));
        }

        private Ran ran() {
            return runs.ofGrading(grading.id()).or(this::earlier).orElseThrow();
        }

        private void judge() {
            Ran ran = ran();
            String digest = ran.evidence();
            if (digest != null) {
                Filing counting = filing.apply(grading.course());
                Scorecard card = counting.judged(ran, evidence(counting, digest), lab, grading.by(), grading.why());
                words = (card.held() ? HELD : GRADED) + ": " + card.describe();
            }
        }

        private Evidence evidence(Filing counting, String digest) {
            try {
                return counting.evidence(digest);
            } catch (SystemBroke broke) {
                throw lost(broke, "evidence " + digest);
            }
        }

        private String brokenBy() {
            Ran ran = ran();
            return switch (ran.end()) {
                case GRADED, REFUSED -> "";
                case BROKEN -> ran.code();
            };
        }

        private String words() {
            Ran ran = ran();
            return switch (ran.end()) {
                case GRADED -> GRADED;
                case REFUSED -> "refused: " + ran.message();
                case BROKEN -> "the system broke: " + ran.message();
            };
        }
    }
}
