package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import org.labharness.autograder.grading.Grader;
import org.labharness.pipeline.PipelineRunner;

/** The machinery that grading commands share; started once, closed at their end or at Ctrl-C. */
final class Harness implements AutoCloseable {
    private final PipelineRunner runner;
    private final Grader grader;
    private final Thread atInterrupt;

    private Harness(PipelineRunner runner, Path home) {
        this.runner = runner;
        this.grader = new Grader(runner, home.resolve("evidence"), InstantSource.system());
        this.atInterrupt = new Thread(this::interrupted, "interrupted");
        Runtime.getRuntime().addShutdownHook(atInterrupt);
    }

    static Harness start(SandboxOptions options) {
        Path home = Settings.home();
        return new Harness(PipelineRunner.start(home, options.acceptWeaker(), System.getenv()), home);
    }

    Grader grader() {
        return grader;
    }

    private void interrupted() {
        System.err.println();
        System.err.println(
                "Interrupted: what was running is being stopped and removed. Nothing was graded; run the command again.");
        runner.close();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atInterrupt);
        runner.close();
    }
}
