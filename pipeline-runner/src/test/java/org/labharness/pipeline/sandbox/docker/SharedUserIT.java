package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/** Limits of the kernel are counted for each user, whatever container that user is in. */
@Tag("full")
class SharedUserIT {
    private static final String HOARD = """
            import ctypes, signal
            c = ctypes.CDLL(None)
            while c.inotify_init() >= 0: pass
            open('/work/up', 'w').close()
            signal.pause()
            """;
    private static final String ASK = "import ctypes; print(ctypes.CDLL(None).inotify_init() >= 0)";

    @Test
    void who_hoards_what_a_user_may_have_starves_that_user_and_no_other(@TempDir Path home) {
        try (DockerSandbox sandbox = new DockerSandbox(TestEngine.settings(home));
                SubmissionSpace honest = sandbox.open(new SpaceRequest("honest", Memory.mebibytes(64)));
                SubmissionSpace hostile = sandbox.open(new SpaceRequest("hostile", Memory.mebibytes(64)))) {
            Execution hoard = TestEngine.start(hostile, TestEngine.CAPS, Network.NONE, "python3", "-c", HOARD);
            Eventually.holds(() -> Files.exists(hostile.layout().work().resolve("up")));

            assertThat(TestEngine.python(hostile, ASK).log().head())
                    .as("of the same user, in another container")
                    .containsExactly("False");
            assertThat(TestEngine.python(honest, ASK).log().head()).containsExactly("True");

            hoard.kill();
            TestEngine.await(hoard);
        }
    }
}
