package org.labharness.pipeline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.evidence.LimitHit;

/** What every sandbox keeps. The commands are shell lines from {@link #ECHO} on; a scripted sandbox plays them. */
public abstract class SandboxContract {
    protected static final String ECHO = "echo hello; echo problem >&2; exit 3";
    protected static final String ENDLESS = "sleep 300";
    protected static final String FLOOD = "yes";
    protected static final String WRITE = "echo made > /work/made.txt";
    protected static final String ASKS = "echo \"$GREETING from $(pwd)\"";
    private static final int FLOOD_CAP = 64 << 10;

    @TempDir
    protected Path folder;

    private Sandbox sandbox;

    /** A new sandbox that may use a folder. */
    protected abstract Sandbox create(Path folder);

    protected abstract String image();

    @BeforeEach
    void createSandbox() {
        sandbox = create(folder);
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
    }

    private SubmissionSpace open(String name) {
        return sandbox.open(new SpaceRequest(name, Memory.mebibytes(64)));
    }

    private ContainerCommand command(String shell, int uid, boolean workTree, Duration time, Consumer<byte[]> output) {
        ContainerCommand.Caps caps = new ContainerCommand.Caps(
                time, Memory.mebibytes(128), 64, 1, Memory.mebibytes(16), new Memory(FLOOD_CAP));
        return new ContainerCommand(
                image(),
                "stage",
                Whose.THEIRS,
                List.of("/bin/sh", "-c", shell),
                Map.of(),
                List.of(),
                workTree,
                workTree ? "/work" : "/tmp",
                Network.NONE,
                uid,
                caps,
                output);
    }

    private Execution start(SubmissionSpace space, String shell, Duration time, Consumer<byte[]> output) {
        return space.start(command(shell, space.layout().uid(), true, time, output));
    }

    private ExecutionResult run(SubmissionSpace space, String shell) throws Exception {
        return await(start(space, shell, Duration.ofMinutes(1), bytes -> {}));
    }

    private static ExecutionResult await(Execution execution) throws Exception {
        return execution.result().get(60, TimeUnit.SECONDS);
    }

    @Test
    void a_space_has_folders_of_its_own_below_the_root() {
        try (SubmissionSpace one = open("one");
                SubmissionSpace two = open("two")) {
            for (SubmissionSpace space : List.of(one, two)) {
                SpaceLayout layout = space.layout();
                assertThat(List.of(layout.work(), layout.tracking(), layout.control(), layout.socket()))
                        .allSatisfy(path -> assertThat(path).isDirectory().startsWith(sandbox.root()));
            }
            assertThat(one.layout().work()).isNotEqualTo(two.layout().work());
            assertThat(one.layout().uid()).isNotEqualTo(two.layout().uid());
        }
    }

    @Test
    void exit_code_and_output_of_a_command_reach_the_caller() throws Exception {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try (SubmissionSpace space = open("echo")) {
            ExecutionResult result = await(start(space, ECHO, Duration.ofMinutes(1), seen::writeBytes));
            assertThat(result.exit()).isEqualTo(3);
            assertThat(result.limits()).isEmpty();
            assertThat(result.killed()).isFalse();
            assertThat(result.wall()).isPositive();
            assertThat(result.peakMemoryBytes()).isPositive();
            assertThat(result.log().head()).containsExactlyInAnyOrder("hello", "problem");
            assertThat(seen.toString(StandardCharsets.UTF_8).lines()).containsExactlyInAnyOrder("hello", "problem");
        }
    }

    @Test
    void a_container_that_stands_by_runs_the_command_that_it_is_given() throws Exception {
        try (SubmissionSpace space = open("standby")) {
            Files.createDirectory(space.layout().work().resolve("sub"));
            Standby ready = space.standBy(command("", space.layout().uid(), true, Duration.ofMinutes(1), bytes -> {}));
            ExecutionResult result =
                    await(ready.run(List.of("/bin/sh", "-c", ASKS), Map.of("GREETING", "good day"), "/work/sub"));
            assertThat(result.log().head()).containsExactly("good day from /work/sub");
            assertThat(result.exit()).isZero();
            assertThatIllegalStateException()
                    .isThrownBy(() -> ready.run(List.of("/bin/sh", "-c", ECHO), Map.of(), "/work"))
                    .withMessageContaining("already");
        }
    }

    @Test
    void a_container_that_stands_by_in_vain_runs_nothing() throws Exception {
        try (SubmissionSpace space = open("unused")) {
            Standby ready = space.standBy(command("", space.layout().uid(), true, Duration.ofMinutes(1), bytes -> {}));
            ready.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> ready.run(List.of("/bin/sh", "-c", WRITE), Map.of(), "/work"));
            assertThat(space.layout().work()).isEmptyDirectory();
        }
    }

    @Test
    void what_a_command_writes_into_the_work_tree_is_there_afterwards() throws Exception {
        try (SubmissionSpace space = open("writer")) {
            assertThat(run(space, WRITE).exit()).isZero();
            assertThat(space.layout().work().resolve("made.txt")).hasContent("made");
        }
    }

    @Test
    void a_command_whose_time_is_up_is_killed_and_the_limit_is_named() throws Exception {
        try (SubmissionSpace space = open("slow")) {
            ExecutionResult result = await(start(space, ENDLESS, Duration.ofSeconds(1), bytes -> {}));
            assertThat(result.exit()).isEqualTo(137);
            assertThat(result.killed()).isFalse();
            assertThat(result.limits()).extracting(LimitHit::name).containsExactly(LimitHit.Name.TIME);
            assertThat(result.limits().getFirst().limit()).isEqualTo("1 s");
        }
    }

    @Test
    void a_command_that_is_killed_still_has_a_result_and_hit_no_limit() throws Exception {
        try (SubmissionSpace space = open("killed")) {
            Execution execution = start(space, ENDLESS, Duration.ofMinutes(1), bytes -> {});
            execution.kill();
            ExecutionResult result = await(execution);
            assertThat(result.killed()).isTrue();
            assertThat(result.exit()).isEqualTo(137);
            assertThat(result.limits()).isEmpty();
        }
    }

    @Test
    void output_is_taken_up_to_its_cap_and_the_limit_is_named() throws Exception {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try (SubmissionSpace space = open("flood")) {
            ExecutionResult result = await(start(space, FLOOD, Duration.ofMinutes(1), seen::writeBytes));
            assertThat(result.limits()).extracting(LimitHit::name).containsExactly(LimitHit.Name.OUTPUT);
            assertThat(result.log().bytes()).isEqualTo(FLOOD_CAP);
            assertThat(seen.size()).isEqualTo(FLOOD_CAP);
        }
    }

    @Test
    void ending_the_containers_of_a_space_keeps_its_folders() throws Exception {
        try (SubmissionSpace space = open("ended")) {
            space.openNetwork(Set.of(new LoopbackPort(5000, true)));
            Execution running = start(space, ENDLESS, Duration.ofMinutes(1), bytes -> {});
            space.endContainers();
            assertThat(running.result()).isCompleted();
            assertThat(space.layout().work()).isDirectory();
        }
    }

    @Test
    void closing_a_space_ends_what_runs_and_removes_its_folders_and_no_others() throws Exception {
        try (SubmissionSpace other = open("other")) {
            SubmissionSpace space = open("closed");
            space.openNetwork(Set.of(new LoopbackPort(5000, true)));
            Execution running = start(space, ENDLESS, Duration.ofMinutes(1), bytes -> {});
            space.close();
            space.close();
            assertThat(running.result()).isCompleted();
            assertThat(space.layout().work()).doesNotExist();
            assertThat(space.layout().control().getParent()).doesNotExist();
            assertThatIllegalStateException().isThrownBy(() -> run(space, ECHO)).withMessageContaining("closed");
            assertThat(run(other, ECHO).exit()).isEqualTo(3);
        }
    }

    @Test
    void a_shared_container_lives_until_it_is_killed() throws Exception {
        Execution shared = sandbox.startShared(command(ENDLESS, 0, false, Duration.ofMinutes(5), bytes -> {}));
        assertThat(endsWithin(shared, 300)).isFalse();
        shared.kill();
        assertThat(await(shared).killed()).isTrue();
    }

    @Test
    void closing_the_sandbox_closes_everything() throws IOException {
        SubmissionSpace space = open("left-open");
        Execution running = start(space, ENDLESS, Duration.ofMinutes(1), bytes -> {});
        Execution shared = sandbox.startShared(command(ENDLESS, 0, false, Duration.ofMinutes(5), bytes -> {}));
        Path root = sandbox.root();
        sandbox.close();
        assertThat(running.result()).isCompleted();
        assertThat(shared.result()).isCompleted();
        assertThat(Files.exists(root)).isFalse();
        sandbox = create(Files.createDirectories(folder.resolve("next")));
    }

    @Test
    void the_beginning_and_the_end_of_student_code_are_told() throws Exception {
        Queue<Sign> heard = new ConcurrentLinkedQueue<>();
        try (SubmissionSpace space = sandbox.open(new SpaceRequest("heard", Memory.mebibytes(64), heard::add))) {
            space.standBy(command(ECHO, space.layout().uid(), true, Duration.ofMinutes(1), bytes -> {}))
                    .close();
            assertThat(heard).isEmpty();
            assertThat(run(space, ECHO).exit()).isEqualTo(3);
            assertThat(heard).containsExactly(Sign.THEIRS_BEGINS, Sign.THEIRS_ENDS);
            Execution running = start(space, ENDLESS, Duration.ofMinutes(1), bytes -> {});
            assertThat(heard).endsWith(Sign.THEIRS_BEGINS);
            running.kill();
            await(running);
            assertThat(heard).hasSize(4).endsWith(Sign.THEIRS_ENDS);
        }
    }

    private static boolean endsWithin(Execution execution, long millis) throws Exception {
        try {
            execution.result().get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
