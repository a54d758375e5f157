package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.Whose;

/** What is heard of containers while they run. Each lasts a little longer than two looks of the init. */
class SignsIT {
    private static final String BUSY = """
            import time
            end = time.monotonic() + 12
            print('be', end='', flush=True)
            while time.monotonic() < end: pass
            print('fore and after', flush=True)
            """;
    private static final String WAITING = "import time; time.sleep(12)";
    /** As a download on a line of 6 kB a second writes: far below a hundredth of a processor. */
    private static final String SLOW = """
            import os, time
            with open('/tmp/download', 'wb', buffering=0) as out:
                for second in range(12):
                    out.write(bytes(6000))
                    time.sleep(1)
            """;

    /** A program that runs, and what is heard of it. */
    private record Heard(Execution execution, Queue<Sign> signs) {
        static Heard of(DockerSandbox sandbox, Whose whose, String program) {
            Queue<Sign> signs = new ConcurrentLinkedQueue<>();
            ContainerCommand command = new ContainerCommand(
                    TestEngine.image(),
                    "signs",
                    whose,
                    List.of("/usr/bin/python3", "-I", "-S", "-c", program),
                    Map.of(),
                    List.of(),
                    false,
                    "/tmp",
                    Network.NONE,
                    65_000,
                    TestEngine.CAPS,
                    chunk -> {});
            return new Heard(sandbox.startShared(command, signs::add), signs);
        }

        ExecutionResult ended() {
            ExecutionResult result = TestEngine.await(execution);
            assertThat(result.exit()).as(result.log().lastError()).isZero();
            return result;
        }
    }

    @Test
    void what_computes_or_writes_is_heard_and_what_waits_is_not(@TempDir Path home) {
        try (DockerSandbox sandbox = new DockerSandbox(TestEngine.settings(home))) {
            Heard busy = Heard.of(sandbox, Whose.OURS, BUSY);
            Heard waiting = Heard.of(sandbox, Whose.OURS, WAITING);
            Heard slow = Heard.of(sandbox, Whose.OURS, SLOW);
            Heard theirs = Heard.of(sandbox, Whose.THEIRS, BUSY);

            assertThat(busy.ended().log().head())
                    .as("a beat in the middle of a line leaves it whole")
                    .containsExactly("before and after");
            assertThat(busy.signs()).hasSize(2).containsOnly(Sign.WORKS);
            waiting.ended();
            assertThat(waiting.signs()).isEmpty();
            slow.ended();
            assertThat(slow.signs()).isNotEmpty().containsOnly(Sign.WORKS);
            theirs.ended();
            assertThat(theirs.signs()).containsExactly(Sign.THEIRS_BEGINS, Sign.THEIRS_ENDS);
        }
    }
}
