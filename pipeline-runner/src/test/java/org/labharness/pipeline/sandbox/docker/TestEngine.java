package org.labharness.pipeline.sandbox.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.Whose;

/** The engine of this machine with the images that were built on it, for tests. */
final class TestEngine {
    static final ContainerCommand.Caps CAPS = new ContainerCommand.Caps(
            Duration.ofMinutes(1), Memory.mebibytes(256), 64, 1, Memory.mebibytes(32), Memory.mebibytes(16));

    private TestEngine() {}

    static DockerSettings settings(Path home) {
        return new DockerSettings(home, Images.load(Images.home(Path.of(""))), false, System.getenv());
    }

    static String image() {
        return Images.load(Images.home(Path.of(""))).tools(PythonVersion.PY311);
    }

    static Execution start(SubmissionSpace space, ContainerCommand.Caps caps, Network network, String... argv) {
        return space.start(new ContainerCommand(
                image(),
                "stage",
                Whose.THEIRS,
                List.of(argv),
                Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"),
                List.of(),
                true,
                "/work",
                network,
                space.layout().uid(),
                caps,
                bytes -> {}));
    }

    static ExecutionResult run(SubmissionSpace space, ContainerCommand.Caps caps, String... argv) {
        return await(start(space, caps, Network.NONE, argv));
    }

    static ExecutionResult sh(SubmissionSpace space, String line) {
        return run(space, CAPS, "/bin/sh", "-c", line);
    }

    static ExecutionResult python(SubmissionSpace space, String program) {
        return run(space, CAPS, "python3", "-c", program);
    }

    static ExecutionResult await(Execution execution) {
        return execution.result().orTimeout(90, TimeUnit.SECONDS).join();
    }
}
