package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;

class StageLimitsIT {
    private static DockerSandbox sandbox;

    @BeforeAll
    static void prepare(@TempDir Path home) {
        sandbox = new DockerSandbox(TestEngine.settings(home));
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    private static SubmissionSpace open() {
        return sandbox.open(new SpaceRequest("limits", Memory.mebibytes(48)));
    }

    @Test
    void the_exit_code_is_the_command_s_own_or_128_and_the_signal() {
        try (SubmissionSpace space = open()) {
            assertThat(TestEngine.sh(space, "exit 0").exit()).isZero();
            // The codes that the init itself uses are nothing special when the command ends with them.
            ExecutionResult deadline = TestEngine.sh(space, "exit 124");
            assertThat(deadline.exit()).isEqualTo(124);
            assertThat(deadline.limits()).isEmpty();
            assertThat(TestEngine.sh(space, "kill -SEGV $$").exit()).isEqualTo(139);
            ExecutionResult missing = TestEngine.run(space, TestEngine.CAPS, "no-such-program");
            assertThat(missing.exit()).isEqualTo(127);
            assertThat(missing.log().lastError()).contains("no-such-program: No such file or directory");
        }
    }

    @Test
    void what_is_said_on_two_streams_arrives_in_the_order_in_which_it_was_said() {
        try (SubmissionSpace space = open()) {
            ExecutionResult result = TestEngine.python(space, """
                    import os
                    for line in range(40):
                        for piece in range(200):
                            os.write(1, b'a')
                            os.write(2, b'b')
                        os.write(2, b'\\n')
                    """);
            assertThat(result.log().head()).hasSize(40).containsOnly("ab".repeat(200));
        }
    }

    @Test
    void a_container_that_the_engine_ends_is_no_failure_of_the_command() {
        try (SubmissionSpace space = open();
                Engine engine = new Engine(System.getenv())) {
            RunningContainer running = (RunningContainer)
                    TestEngine.start(space, TestEngine.CAPS, Network.NONE, "/bin/sh", "-c", "echo up; sleep 50");
            engine.kill(running.started().orTimeout(30, TimeUnit.SECONDS).join());

            assertThatThrownBy(() -> TestEngine.await(running))
                    .cause()
                    .isInstanceOf(SystemBroke.class)
                    .hasMessage("the container for stage was ended from outside, by the engine or by somebody of this"
                            + " machine (exit code 137)");
        }
    }

    @Test
    void a_memory_hog_is_killed_and_the_limit_is_named() {
        try (SubmissionSpace space = open()) {
            ExecutionResult result = TestEngine.python(space, "x = bytearray(600 << 20)");
            assertThat(result.exit()).isEqualTo(137);
            assertThat(result.limits()).extracting(LimitHit::name).containsExactly(LimitHit.Name.MEMORY);
            assertThat(result.limits().getFirst().limit()).isEqualTo("256MiB");
            assertThat(result.peakMemoryBytes()).isGreaterThan(200L << 20);
        }
    }

    @Test
    void a_child_that_is_killed_for_want_of_memory_is_seen_even_if_the_command_goes_on() {
        try (SubmissionSpace space = open()) {
            ExecutionResult result = TestEngine.sh(space, "python3 -c 'x = bytearray(600 << 20)'; exit 0");
            assertThat(result.exit()).isZero();
            assertThat(result.limits()).extracting(LimitHit::name).containsExactly(LimitHit.Name.MEMORY);
        }
    }

    @Test
    void files_in_the_scratch_folder_have_room_of_their_own() {
        try (SubmissionSpace space = open()) {
            ExecutionResult full = TestEngine.sh(space, "head -c 64M /dev/zero > /tmp/file");
            assertThat(full.exit()).isEqualTo(1);
            assertThat(full.log().lastError()).contains("No space left on device");
            assertThat(full.limits()).isEmpty();
        }
    }

    @Test
    void without_such_room_it_lies_on_the_disk_and_keeps_what_commands_leave_there() {
        ContainerCommand.Caps caps = new ContainerCommand.Caps(
                Duration.ofSeconds(30), Memory.mebibytes(32), 64, 1, Memory.mebibytes(0), Memory.mebibytes(1));
        try (SubmissionSpace space = open()) {
            ExecutionResult first = TestEngine.run(
                    space, caps, "/bin/sh", "-c", "head -c 40M /dev/zero > /tmp/file; echo ok; stat -c %u /tmp");
            assertThat(first.limits()).isEmpty();
            assertThat(first.log().head())
                    .containsExactly("ok", "" + space.layout().uid());
            assertThat(TestEngine.run(space, caps, "/bin/sh", "-c", "wc -c < /tmp/file")
                            .log()
                            .head())
                    .containsExactly("" + (40 << 20));
            assertThat(TestEngine.sh(space, "ls /tmp").log().head())
                    .as("of a command with room of its own")
                    .doesNotContain("file");
            ExecutionResult full = TestEngine.run(space, caps, "/bin/sh", "-c", "cp /tmp/file /tmp/again");
            assertThat(full.exit()).isEqualTo(1);
            assertThat(full.limits()).extracting(LimitHit::name).containsExactly(LimitHit.Name.DISK);
        }
    }

    @Test
    void a_fork_bomb_is_stopped_by_the_limit_on_processes() {
        ContainerCommand.Caps caps = caps(Duration.ofSeconds(3), Memory.mebibytes(16));
        try (SubmissionSpace space = open()) {
            ExecutionResult result = TestEngine.run(space, caps, "/bin/sh", "-c", "b() { b | b & }; b; sleep 60");
            assertThat(result.limits()).extracting(LimitHit::name).contains(LimitHit.Name.PROCESSES);
            assertThat(result.wall()).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void a_gigabyte_of_output_costs_no_more_than_its_cap() {
        try (SubmissionSpace space = open()) {
            ExecutionResult result = TestEngine.sh(space, "head -c 1G /dev/zero | tr '\\0' x");
            assertThat(result.limits()).extracting(LimitHit::name).containsExactly(LimitHit.Name.OUTPUT);
            assertThat(result.log().bytes()).isEqualTo(16L << 20);
            assertThat(result.exit()).isEqualTo(137);
            assertThat(result.wall()).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void a_disk_filler_meets_the_end_of_its_file_system() {
        try (SubmissionSpace space = open()) {
            ExecutionResult result = TestEngine.sh(space, "head -c 1G /dev/zero > /work/big");
            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.limits()).extracting(LimitHit::name).containsExactly(LimitHit.Name.DISK);
            assertThat(result.limits().getFirst().limit()).isEqualTo("48MiB");
        }
    }

    @Test
    void a_file_system_without_room_for_more_files_is_full() {
        try (SubmissionSpace space = open()) {
            ExecutionResult result = TestEngine.python(space, """
                    try:
                        for i in range(10**6): open(f'/work/{i}', 'w').close()
                    except OSError as e: print(e)
                    """);
            assertThat(result.log().head()).anyMatch(line -> line.contains("No space left on device"));
            assertThat(result.limits()).extracting(LimitHit::name).containsExactly(LimitHit.Name.DISK);
        }
    }

    @Test
    void what_a_command_left_running_ends_with_it() {
        try (SubmissionSpace space = open()) {
            ExecutionResult result = TestEngine.sh(
                    space,
                    "(setsid sh -c 'while :; do date +%N > /work/beat; done' > /dev/null 2>&1 &) ; sleep 0.3; echo over");
            assertThat(result.exit()).isZero();
            assertThat(result.log().head()).containsExactly("over");
            ExecutionResult next =
                    TestEngine.sh(space, "a=$(cat beat); sleep 0.3; [ \"$a\" = \"$(cat beat)\" ] && ps -e | wc -l");
            assertThat(next.exit()).isZero();
        }
    }

    @Test
    void processor_time_is_limited() {
        ContainerCommand.Caps half = new ContainerCommand.Caps(
                Duration.ofSeconds(30), Memory.mebibytes(128), 32, 0.5, Memory.mebibytes(8), Memory.mebibytes(1));
        try (SubmissionSpace space = open()) {
            ExecutionResult result = TestEngine.run(space, half, "python3", "-c", """
                    import time
                    while time.process_time() < 0.8: pass
                    """);
            assertThat(result.wall()).isGreaterThan(Duration.ofMillis(1300));
        }
    }

    private static ContainerCommand.Caps caps(Duration time, Memory output) {
        return new ContainerCommand.Caps(time, Memory.mebibytes(256), 64, 1, Memory.mebibytes(32), output);
    }
}
