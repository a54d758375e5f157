package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.Whose;

class EngineCheckIT {
    @Test
    void this_engine_is_known_and_strong_enough() {
        Images images = new Images(Map.of("tools.py311", TestEngine.image(), "tracking", "labharness/none:0"));
        EngineCheck check = EngineCheck.look(System.getenv(), images);
        assertThat(check.version()).matches("[0-9]+\\..*");
        assertThat(check.api()).matches("1\\.[0-9]+");
        assertThat(check.weaknesses()).isEmpty();
        assertThat(check.images()).containsEntry("tools.py311", true).containsEntry("tracking", false);
    }

    @Test
    void a_command_in_an_image_that_is_missing_breaks_with_the_remedy(@TempDir Path home) {
        try (DockerSandbox sandbox = new DockerSandbox(TestEngine.settings(home));
                SubmissionSpace space = sandbox.open(new SpaceRequest("image", Memory.mebibytes(64)))) {
            Throwable thrown = catchThrowable(() -> TestEngine.await(space.start(new ContainerCommand(
                    "labharness/none:0",
                    "stage",
                    Whose.THEIRS,
                    List.of("true"),
                    Map.of(),
                    List.of(),
                    true,
                    "/work",
                    Network.NONE,
                    space.layout().uid(),
                    TestEngine.CAPS,
                    bytes -> {}))));
            assertThat(thrown)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            SystemBroke.class, broke -> assertThat(broke.code()).isEqualTo(Breakdown.IMAGE_MISSING))
                    .hasMessageContaining("labharness/none:0")
                    .hasMessageContaining("./lab setup");
        }
    }
}
