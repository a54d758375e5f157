package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    private static final EngineSocket ENGINE = new EngineSocket(Path.of("/var/run/docker.sock"));

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
            guardian(doomed.instance()).destroyForcibly();
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

    private static ProcessHandle guardian(String instance) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(Guardian.class.getName() + " " + instance))
                .findFirst()
                .orElseThrow();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", "" + process.pid(), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    /** Containers, mounts, loop devices, folders and processes of an instance. */
    private List<String> leftovers(String instance) {
        Path state = home.resolve("instances").resolve(instance);
        Path root = HostRights.runtimeFolder().resolve(instance);
        List<String> found = new ArrayList<>();
        try {
            ENGINE.containers(Leftovers.LABEL + "=" + instance).forEach(id -> found.add("container " + id));
            Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                    .filter(line -> line.contains(root.toString()))
                    .forEach(found::add);
            try (Stream<Path> loops = Files.list(Path.of("/sys/block"))) {
                loops.map(loop -> loop.resolve("loop/backing_file"))
                        .map(HarnessDeathIT::read)
                        .filter(file -> file.contains(instance))
                        .forEach(found::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Stream.of(state, state.resolveSibling(instance + ".new"), root)
                .filter(Files::exists)
                .forEach(path -> found.add(path.toString()));
        ProcessHandle.allProcesses()
                .map(HarnessDeathIT::commandLine)
                .filter(line -> line.contains(instance))
                .forEach(found::add);
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
