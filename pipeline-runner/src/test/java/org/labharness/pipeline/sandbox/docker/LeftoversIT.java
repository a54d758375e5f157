package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/** What is removed of an instance while its engine is away, and afterwards. */
class LeftoversIT {
    @Test
    void containersOfAnEngineThatWasAwayAreFoundByTheNextSweep(@TempDir Path home) throws Exception {
        Path state = Files.createDirectories(home.resolve("instances/gone"));
        Files.writeString(state.resolve("owner"), "1 1 another-boot");
        Files.writeString(state.resolve("disk.img"), "large");
        Path root = Files.createDirectories(home.resolve("root"));
        try (DockerSandbox sandbox = new DockerSandbox(TestEngine.settings(home.resolve("other")));
                SubmissionSpace space = sandbox.open(new SpaceRequest("left", Memory.mebibytes(64)));
                Engine engine = new Engine(System.getenv())) {
            String instance = sandbox.instance();
            RunningContainer running = (RunningContainer)
                    TestEngine.start(space, TestEngine.CAPS, Network.NONE, "/bin/sh", "-c", "sleep 50");
            running.started().orTimeout(30, TimeUnit.SECONDS).join();

            assertThat(leftovers(instance, state, root, Path.of("/nowhere")).removeOnce())
                    .as("whoever removes does not wait for an engine that is away")
                    .isTrue();
            assertThat(root).doesNotExist();
            assertThat(state).isDirectoryNotContaining("glob:**disk.img").isDirectoryContaining("glob:**owner");
            assertThat(OwnerMark.ownerIsDead(state)).isTrue();

            leftovers(instance, state, root, engine.socket().orElseThrow()).removeOnce();
            assertThat(state).doesNotExist();
            running.removed().get(30, TimeUnit.SECONDS);
        }
    }

    private static Leftovers leftovers(String instance, Path state, Path root, Path socket) throws IOException {
        return new Leftovers(instance, state, root, new EngineSocket(socket));
    }
}
