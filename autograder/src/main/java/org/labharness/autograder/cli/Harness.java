package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import org.labharness.autograder.grading.GradeRequest;
import org.labharness.autograder.grading.Grader;
import org.labharness.autograder.report.Outcome;
import org.labharness.lab.Lab;
import org.labharness.pipeline.PipelineRunner;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.RunPlan;
import org.labharness.pipeline.sandbox.Sign;

/** The machinery that grading commands share; started once, closed at their end or at Ctrl-C. */
final class Harness implements AutoCloseable {
    private final PipelineRunner runner;
    private final Grader grader;
    private final StateDisk disk;
    private final Thread atInterrupt;
    private volatile boolean interrupted;

    private Harness(PipelineRunner runner, Settings settings) {
        this.runner = runner;
        this.grader = new Grader(
                runner,
                settings.home().resolve("evidence"),
                InstantSource.system(),
                problem -> BugReport.write(problem, settings.home()).detail());
        this.disk = new StateDisk(settings.home());
        this.atInterrupt = new Thread(this::interrupted, "stop-grading");
        Runtime.getRuntime().addShutdownHook(atInterrupt);
    }

    static Harness start(Settings settings, SandboxOptions options) {
        return new Harness(
                PipelineRunner.start(settings.home(), options.acceptWeaker(), settings.variables()), settings);
    }

    /** How many containers were started and are not removed yet; answered at once. */
    int containers() {
        return runner.containers();
    }

    /** No further submission comes: removing what they share begins. */
    void noMore() {
        runner.noMore();
    }

    /** The table of hidden data of a lab, for its samples. */
    Path hidden(Lab lab, String data) {
        return runner.hidden(lab, data);
    }

    /** Runs something without judging it, until it ends or this is closed. */
    void run(RunPlan plan, Progress progress) {
        runner.run(plan, progress);
    }

    /** Grades one submission; never returns once the program is interrupted. */
    Outcome grade(GradeRequest request, Progress progress) {
        Outcome outcome = grader.grade(request, new UntilInterrupted(progress));
        Ending.awaitEndWhereInterrupted();
        return switch (outcome) {
            case Outcome.Broken broken -> disk.named(broken);
            case Outcome.Graded graded -> graded;
            case Outcome.Refused refused -> refused;
        };
    }

    /** Nothing is told any more when the program is being ended. */
    private final class UntilInterrupted implements Progress {
        private final Progress progress;

        UntilInterrupted(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void on(Event event) {
            if (!interrupted) {
                progress.on(event);
            }
        }

        @Override
        public void beforeChanges() {
            progress.beforeChanges();
        }

        @Override
        public void heard(Sign sign) {
            progress.heard(sign);
        }
    }

    private void interrupted() {
        interrupted = true;
        runner.close();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atInterrupt);
        runner.close();
    }
}
