package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.SpaceRequest;

class EngineUnreachableTests {
    @TempDir
    Path home;

    private Map<String, String> environment() {
        return Map.of("DOCKER_HOST", "unix://" + home.resolve("no-engine.sock"));
    }

    @Test
    void an_engine_that_does_not_answer_is_named_with_the_command_that_starts_it() {
        DockerSettings settings =
                new DockerSettings(home, new Images(Map.of("tools.py311", "none")), false, environment());
        try (DockerSandbox sandbox = new DockerSandbox(settings)) {
            SystemBroke broke = catchThrowableOfType(
                    SystemBroke.class, () -> sandbox.open(new SpaceRequest("any", Memory.mebibytes(64))));
            assertThat(broke.code()).isEqualTo(Breakdown.ENGINE_UNREACHABLE);
            assertThat(broke).hasMessageContaining("no-engine.sock").hasMessageContaining("dockerd");
            assertThat(broke.getMessage()).doesNotContain("\n");
        }
        assertThat(home.resolve("instances")).doesNotExist();
    }

    @Test
    void the_doctor_hears_the_same() {
        assertThatExceptionOfType(SystemBroke.class)
                .isThrownBy(() -> EngineCheck.look(environment(), new Images(Map.of())))
                .satisfies(broke -> assertThat(broke.code()).isEqualTo(Breakdown.ENGINE_UNREACHABLE));
    }

    @Test
    void images_that_were_never_built_are_named_with_the_command_that_builds_them() throws Exception {
        assertThatExceptionOfType(SystemBroke.class)
                .isThrownBy(() -> Images.load(home))
                .withMessageContaining("./lab setup")
                .satisfies(broke -> assertThat(broke.code()).isEqualTo(Breakdown.IMAGE_MISSING));
        Files.writeString(home.resolve("images.properties"), "base.py311=labharness/base-py311:1\n");
        assertThatExceptionOfType(SystemBroke.class)
                .isThrownBy(() -> Images.load(home).tracking())
                .withMessageContaining("tracking");
    }
}
