package org.labharness.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.labharness.lab.load.LabLoader;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.sandbox.Images;

/** Runs submissions from their repository to their evidence, on the engine of this machine, until the tests of a class have ended. */
public final class WholeRun implements AfterAllCallback {
    private final PipelineRunner runner;

    public WholeRun() {
        this(System.getenv());
    }

    public WholeRun(Map<String, String> variables) {
        runner = PipelineRunner.start(Images.home(Path.of("")), false, variables);
    }

    /** @param lab the text of its {@code lab.yaml}, which is written beside the repository */
    public Evidence of(Path repository, String lab, Progress progress) throws IOException {
        Path folder = Files.createDirectories(repository.resolveSibling("lab"));
        Files.writeString(folder.resolve("lab.yaml"), lab);
        return runner.run(
                new RunPlan("student", new Source(repository.toString(), null), LabLoader.load(folder), Instant.now()),
                progress);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        runner.close();
    }
}
