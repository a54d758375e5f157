package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.Whose;

/** What the init reads of control groups: of this machine's, and of files as a version 2 hierarchy has them, shown in its place. */
class ControlGroupsIT {
    private static DockerSandbox sandbox;

    @TempDir
    Path groups;

    @BeforeAll
    static void prepare(@TempDir Path home) {
        sandbox = new DockerSandbox(TestEngine.settings(home));
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @BeforeEach
    void recordHierarchy() throws IOException {
        Files.setPosixFilePermissions(groups, PosixFilePermissions.fromString("rwxr-xr-x"));
        record("cgroup.controllers", "cpuset cpu io memory hugetlb pids rdma misc");
        record("memory.events", """
                low 0
                high 0
                max 31
                oom 0
                oom_kill 0
                oom_group_kill 0""");
        record("memory.peak", "104857600");
        record("pids.events", "max 0");
        record("cpu.stat", """
                usage_usec 250000
                user_usec 200000
                system_usec 50000
                core_sched.force_idle_usec 0
                nr_periods 12
                nr_throttled 3""");
    }

    private void record(String name, String content) throws IOException {
        Files.writeString(groups.resolve(name), content + "\n");
    }

    private ExecutionResult run(Duration idle, String line, Mount... mounts) {
        ContainerCommand.Caps caps = new ContainerCommand.Caps(
                Duration.ofSeconds(60), Memory.mebibytes(256), 64, 1, Memory.mebibytes(16), Memory.mebibytes(1), idle);
        try (SubmissionSpace space = sandbox.open(new SpaceRequest("groups", Memory.mebibytes(16)))) {
            return TestEngine.await(space.start(new ContainerCommand(
                    TestEngine.image(),
                    "stage",
                    Whose.THEIRS,
                    List.of("/bin/sh", "-c", line),
                    Map.of("PATH", "/usr/bin:/bin"),
                    List.of(mounts),
                    true,
                    "/work",
                    Network.NONE,
                    space.layout().uid(),
                    caps,
                    bytes -> {})));
        }
    }

    private ExecutionResult runOnVersionTwo(Duration idle, String line) {
        return run(idle, line, Mount.readOnly(groups, "/sys/fs/cgroup"));
    }

    @Test
    void peak_memory_is_that_of_the_group() {
        ExecutionResult result = runOnVersionTwo(Duration.ZERO, "exit 5");
        assertThat(result.exit()).isEqualTo(5);
        assertThat(result.peakMemoryBytes()).isEqualTo(104_857_600);
        assertThat(result.limits()).isEmpty();
    }

    @Test
    void kills_for_want_of_memory_and_refused_processes_are_counted() throws IOException {
        record("memory.events", "low 0\nhigh 0\nmax 900\noom 2\noom_kill 1\noom_group_kill 0");
        record("pids.events", "max 7");
        assertThat(runOnVersionTwo(Duration.ZERO, "exit 1").limits())
                .extracting(LimitHit::name)
                .containsExactly(LimitHit.Name.PROCESSES, LimitHit.Name.MEMORY);
    }

    @Test
    void a_kernel_that_tells_no_peak_leaves_that_of_the_largest_process() throws IOException {
        Files.delete(groups.resolve("memory.peak"));
        assertThat(runOnVersionTwo(Duration.ZERO, "python3 -c 'x = bytearray(64 << 20)'")
                        .peakMemoryBytes())
                .isBetween(64L << 20, 256L << 20);
    }

    @Test
    void a_command_that_uses_no_processor_time_is_ended_and_said_to_wait() {
        ExecutionResult result = runOnVersionTwo(Duration.ofSeconds(1), "sleep 50");
        assertThat(result.limits()).containsExactly(new LimitHit(LimitHit.Name.IDLE, "1 s", "1 s"));
        assertThat(result.exit()).isEqualTo(137);
    }

    @Test
    void a_kernel_that_tells_no_processor_time_makes_nobody_idle() throws IOException {
        Files.delete(groups.resolve("cpu.stat"));
        ExecutionResult result = runOnVersionTwo(Duration.ofMillis(300), "sleep 1");
        assertThat(result.limits()).isEmpty();
        assertThat(result.exit()).isZero();
    }

    @Test
    void waiting_is_seen_with_the_groups_of_this_machine_too() {
        ExecutionResult result = run(Duration.ofSeconds(2), "sleep 50");
        assertThat(result.limits()).extracting(LimitHit::name).containsExactly(LimitHit.Name.IDLE);
        assertThat(result.wall()).isBetween(Duration.ofMillis(1900), Duration.ofSeconds(20));
    }

    @Test
    void computing_between_short_waits_is_no_waiting() {
        ExecutionResult result = run(
                Duration.ofSeconds(2),
                "for i in 1 2 3 4 5; do python3 -c 'sum(range(3000000))'; sleep 0.7; done; exit 4");
        assertThat(result.limits()).isEmpty();
        assertThat(result.exit()).isEqualTo(4);
    }
}
