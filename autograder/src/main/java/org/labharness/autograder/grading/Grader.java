package org.labharness.autograder.grading;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.Checks;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.score.Scorecard;
import org.labharness.lab.Lab;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.PipelineRunner;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.RunPlan;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.EvidenceFile;
import org.labharness.pipeline.evidence.HarnessFacts;

/** Grades submissions: each is run, its evidence kept, the lab's checks evaluated over it. Safe for use by several threads. */
public final class Grader {
    private final PipelineRunner runner;
    private final Path evidence;
    private final InstantSource clock;
    private final Function<RuntimeException, String> unforeseen;

    /**
     * @param evidence folder that keeps the evidence of every submission, one folder each
     * @param unforeseen keeps a failure that nobody foresaw, and gives the words for it
     */
    public Grader(
            PipelineRunner runner, Path evidence, InstantSource clock, Function<RuntimeException, String> unforeseen) {
        this.runner = runner;
        this.evidence = evidence;
        this.clock = clock;
        this.unforeseen = unforeseen;
    }

    /** Grades one submission. What is wrong with it, or with the system, is an outcome, never an exception. */
    public Outcome grade(GradeRequest request, Progress progress) {
        Instant received = clock.instant();
        try {
            RunPlan plan = new RunPlan(request.student(), request.source(), request.lab(), received, request.own());
            return judge(request, received, runner.run(plan, new Provisional(request.lab(), progress)));
        } catch (SubmissionRefused refused) {
            return new Outcome.Refused(
                    submission(request, null, received),
                    refused.code(),
                    words(refused),
                    harness(request.lab()),
                    took(received));
        } catch (SystemBroke broke) {
            return broken(request, received, broke.code(), words(broke));
        } catch (RuntimeException problem) {
            // The edge of one submission: a fault of ours in one must not end the others of its class.
            return broken(request, received, Breakdown.INTERNAL, unforeseen.apply(problem));
        }
    }

    private Outcome broken(GradeRequest request, Instant received, Breakdown code, String message) {
        return new Outcome.Broken(
                submission(request, null, received), code, message, harness(request.lab()), took(received));
    }

    private Outcome judge(GradeRequest request, Instant received, Evidence facts) {
        Outcome.Submission submission = submission(request, facts, received);
        Optional<String> nothing = Checks.nothingToGrade(request.lab(), facts);
        if (nothing.isPresent()) {
            return new Outcome.Refused(
                    submission, Refusal.NOTHING_TO_GRADE, nothing.get(), facts.harness(), facts.timings());
        }
        List<Verdict> verdicts = Checks.evaluate(request.lab(), facts);
        Scorecard scorecard = Scorecard.of(request.lab(), verdicts);
        String digest = EvidenceFile.write(facts, folder(request, facts));
        Map<String, Double> timings = new HashMap<>(facts.timings());
        timings.put("total", seconds(received));
        return new Outcome.Graded(submission, scorecard, request.lab().form(), facts, digest, timings);
    }

    /** One folder per lab, student, commit and refs: the same submission graded again replaces its evidence. */
    private Path folder(GradeRequest request, Evidence facts) {
        return evidence.resolve(request.lab().id().value())
                .resolve(folder(
                        request.student(),
                        facts.submission().commit(),
                        facts.submission().refsDigest()));
    }

    /** What a submission's folder is called, below that of its lab. */
    public static String folder(String student, String commit, String refsDigest) {
        String plain = student.replaceAll("[^A-Za-z0-9]+", "-");
        return plain.substring(0, Math.min(60, plain.length())) + "-"
                + commit.substring(0, Math.min(12, commit.length())) + "-"
                + refsDigest.substring(0, Math.min(8, refsDigest.length()));
    }

    private static Outcome.Submission submission(GradeRequest request, @Nullable Evidence facts, Instant received) {
        return new Outcome.Submission(
                request.student(),
                request.lab().id().value(),
                request.lab().title(),
                facts == null ? request.source().shown() : facts.submission().repository(),
                facts == null ? null : facts.submission().commit(),
                received);
    }

    private HarnessFacts harness(Lab lab) {
        return runner.harness(lab);
    }

    private Map<String, Double> took(Instant received) {
        return Map.of("total", seconds(received));
    }

    private double seconds(Instant since) {
        return (clock.millis() - since.toEpochMilli()) / 1000.0;
    }

    private static String words(RuntimeException problem) {
        return String.valueOf(problem.getMessage());
    }
}
