package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;

class FailedSpaceIT {
    /** More than any file may have. */
    private static final Memory IMPOSSIBLE = Memory.mebibytes(1L << 40);

    @Test
    void a_space_that_cannot_be_made_gives_back_its_user_id_and_its_container_at_once(@TempDir Path home)
            throws IOException {
        try (DockerSandbox sandbox = new DockerSandbox(TestEngine.settings(home))) {
            Remains remains = new Remains(home, sandbox.instance());

            assertThatThrownBy(() -> sandbox.open(new SpaceRequest("huge", IMPOSSIBLE)))
                    .isInstanceOf(SystemBroke.class)
                    .hasMessageContaining("no space could be made for huge");

            assertThat(remains.has("pause")).as("a holder of a namespace").isFalse();
            assertThat(leases()).as("locks on user ids").isEmpty();
            try (Stream<Path> made = Files.list(sandbox.root())) {
                assertThat(made).isEmpty();
            }
            try (SubmissionSpace next = sandbox.open(new SpaceRequest("next", Memory.mebibytes(16)))) {
                assertThat(TestEngine.sh(next, "exit 3").exit()).isEqualTo(3);
                assertThat(leases()).hasSize(1);
            }
        }
    }

    /** Lock files that this process holds open. */
    private static List<String> leases() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(FailedSpaceIT::target)
                    .filter(file -> file.startsWith("/run/lock/labharness/uid-"))
                    .toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (java.nio.file.NoSuchFileException closedMeanwhile) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
