package org.labharness.pipeline.environment;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.docker.DockerSandbox;
import org.labharness.pipeline.sandbox.docker.DockerSettings;

/** A harness of its own that says when its build of an environment has begun, and is killed then. */
final class DoomedBuilder {
    private DoomedBuilder() {}

    /** Says so once a container of uv's was started. */
    private record Telling(Sandbox real) implements Sandbox {
        @Override
        public SubmissionSpace open(SpaceRequest request) {
            return real.open(request);
        }

        @Override
        public Path root() {
            return real.root();
        }

        @Override
        public Execution startShared(ContainerCommand command, Consumer<Sign> heard) {
            Execution started = real.startShared(command, heard);
            System.out.println("building");
            return started;
        }

        @Override
        public void close() {
            real.close();
        }
    }

    /** @param arguments state folder for environments, and a tree with requirements */
    public static void main(String[] arguments) {
        DockerSettings settings = DockerSettings.of(Images.home(Path.of("")), false);
        try (Sandbox sandbox = new Telling(new DockerSandbox(settings))) {
            new Environments(sandbox, settings.images(), Path.of(arguments[0]))
                    .prepare(
                            Path.of(arguments[1]),
                            EnvironmentSpec.OF_THE_SUBMISSION,
                            Instant.parse("2026-10-01T00:00:00Z"),
                            Progress.SILENT);
        }
    }
}
