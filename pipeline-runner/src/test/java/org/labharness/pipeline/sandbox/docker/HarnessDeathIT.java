package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.lab.Memory;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/** A harness process is killed; what it had must go without anybody starting another one. */
class HarnessDeathIT {
    private static final Duration CLEAN_WITHIN = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private record Doomed(Process process, String instance, BufferedReader output) {}

    private Doomed start(DoomedHarness.Moment moment) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedHarness.class.getName(),
                        home.toString(),
                        moment.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        assertThat(line).startsWith("instance ");
        return new Doomed(process, line.substring("instance ".length()), output);
    }

    private static void kill(Doomed doomed) throws Exception {
        doomed.process().destroyForcibly();
        assertThat(doomed.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(DoomedHarness.Moment.class)
    void nothing_is_left_of_a_killed_harness(DoomedHarness.Moment moment) throws Exception {
        Doomed doomed = start(moment);
        assertThat(doomed.output().readLine()).isEqualTo("reached");
        if (moment == DoomedHarness.Moment.STAGE) {
            assertThat(leftovers(doomed.instance())).hasSizeGreaterThan(6);
        }
        kill(doomed);
        Eventually.holds(
                CLEAN_WITHIN,
                "that nothing is left",
                () -> leftovers(doomed.instance()).isEmpty());
    }

    @Test
    void the_next_harness_removes_what_a_dead_one_left_whose_guardian_was_killed_too_and_nothing_of_a_living_one()
            throws Exception {
        Doomed doomed = start(DoomedHarness.Moment.OPENED);
        assertThat(doomed.output().readLine()).isEqualTo("reached");
        try (DockerSandbox living = new DockerSandbox(TestEngine.settings(home));
                SubmissionSpace space = living.open(new SpaceRequest("living", Memory.mebibytes(64)))) {
            space.openNetwork(Set.of());
            List<String> before = leftovers(living.instance());
            new Remains(home, doomed.instance()).guardian().destroyForcibly();
            kill(doomed);
            assertThat(leftovers(doomed.instance())).isNotEmpty();
            try (DockerSandbox next = new DockerSandbox(TestEngine.settings(home))) {
                assertThat(next.instance()).isNotEqualTo(living.instance());
                Eventually.holds(
                        CLEAN_WITHIN,
                        "that nothing is left",
                        () -> leftovers(doomed.instance()).isEmpty());
            }
            assertThat(leftovers(living.instance())).containsAll(before);
            assertThat(TestEngine.sh(space, "exit 5").exit()).isEqualTo(5);
        }
    }

    private List<String> leftovers(String instance) {
        return new Remains(home, instance).found();
    }
}
