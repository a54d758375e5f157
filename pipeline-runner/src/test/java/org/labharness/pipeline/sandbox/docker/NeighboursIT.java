package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;

@Tag("alone")
class NeighboursIT {
    /** Half a processor each: what one may use is there for it, however many others there are on two. */
    private static final ContainerCommand.Caps HALF = new ContainerCommand.Caps(
            Duration.ofMinutes(1), Memory.mebibytes(256), 64, 0.5, Memory.mebibytes(32), Memory.mebibytes(1));

    private static final String HONEST = """
            import time
            while time.process_time() < 0.6: pass
            """;
    private static final String HOSTILE = """
            import ctypes, os
            c = ctypes.CDLL(None)
            while c.inotify_init() >= 0: pass
            open('/work/up', 'w').close()
            if os.fork() == 0:
                while True:
                    if os.fork() == 0: x = bytearray(300 << 20)
            while True:
                try: os.fork()
                except OSError: pass
            """;

    @Test
    void a_hostile_neighbour_neither_slows_nor_starves_another(@TempDir Path home) {
        try (DockerSandbox sandbox = new DockerSandbox(TestEngine.settings(home));
                SubmissionSpace honest = sandbox.open(new SpaceRequest("honest", Memory.mebibytes(64)));
                SubmissionSpace hostile = sandbox.open(new SpaceRequest("hostile", Memory.mebibytes(64)))) {
            List<Duration> alone = new ArrayList<>();
            List<Duration> beside = new ArrayList<>();
            // Turn by turn, and the best of each: the machine may be busy with other things too.
            for (int turn = 0; turn < 3; turn++) {
                alone.add(wall(honest));
                Execution bomb = TestEngine.start(hostile, HALF, Network.NONE, "python3", "-c", HOSTILE);
                Path up = hostile.layout().work().resolve("up");
                Eventually.holds(() -> Files.exists(up));
                beside.add(wall(honest));
                assertThat(TestEngine.python(honest, "import ctypes; print(ctypes.CDLL(None).inotify_init() >= 0)")
                                .log()
                                .head())
                        .containsExactly("True");
                bomb.kill();
                assertThat(TestEngine.await(bomb).limits())
                        .extracting(LimitHit::name)
                        .contains(LimitHit.Name.PROCESSES);
                assertThat(up.toFile().delete()).isTrue();
            }
            assertThat(beside.stream().min(Duration::compareTo).orElseThrow())
                    .isLessThan(alone.stream()
                            .min(Duration::compareTo)
                            .orElseThrow()
                            .multipliedBy(13)
                            .dividedBy(10));
        }
    }

    private static Duration wall(SubmissionSpace space) {
        ExecutionResult result = TestEngine.run(space, HALF, "python3", "-c", HONEST);
        assertThat(result.exit()).isZero();
        assertThat(result.limits()).isEmpty();
        return result.wall();
    }

    @Test
    void two_harnesses_side_by_side_leave_each_other_alone(@TempDir Path one, @TempDir Path two) {
        try (DockerSandbox staying = new DockerSandbox(TestEngine.settings(one));
                SubmissionSpace space = staying.open(new SpaceRequest("staying", Memory.mebibytes(64)))) {
            Execution running = TestEngine.start(
                    space,
                    TestEngine.CAPS,
                    Network.NONE,
                    "/bin/sh",
                    "-c",
                    "touch up; while [ ! -e stop ]; do sleep 0.05; done; exit 9");
            Eventually.holds(() -> Files.exists(space.layout().work().resolve("up")));
            for (Path home : List.of(one, two)) {
                try (DockerSandbox leaving = new DockerSandbox(TestEngine.settings(home));
                        SubmissionSpace other = leaving.open(new SpaceRequest("leaving", Memory.mebibytes(64)))) {
                    assertThat(other.layout().uid()).isNotEqualTo(space.layout().uid());
                    assertThat(TestEngine.sh(other, "exit 4").exit()).isEqualTo(4);
                }
            }
            assertThat(running.result()).isNotDone();
            TestEngine.sh(space, "touch stop");
            assertThat(TestEngine.await(running).exit()).isEqualTo(9);
        }
    }
}
