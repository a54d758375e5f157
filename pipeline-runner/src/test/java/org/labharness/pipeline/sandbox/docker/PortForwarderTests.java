package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.sandbox.SpaceLayout;

class PortForwarderTests {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /** Short, because paths of Unix sockets are. */
    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory(Path.of("/tmp"), "ports");
    }

    @AfterEach
    void deleteFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("ports"));
        Files.delete(folder);
    }

    private void open(CompletableFuture<?> holder) {
        new PortForwarder(new SpaceLayout(1000, folder, folder, folder, folder, folder), PATIENCE)
                .open(Set.of(new LoopbackPort(5000, true)), holder);
    }

    @Test
    void a_forwarder_that_never_answers_is_waited_for_no_longer_than_the_deadline() throws IOException {
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(folder.resolve("ports")));
            long start = System.nanoTime();
            assertThatThrownBy(() -> open(new CompletableFuture<>()))
                    .isInstanceOf(SystemBroke.class)
                    .hasMessageContaining("no answer to [[5000,true]] within");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(PATIENCE, Duration.ofSeconds(20));
        }
    }

    @Test
    void nobody_waits_for_a_forwarder_that_has_ended() {
        assertThatThrownBy(() -> open(CompletableFuture.completedFuture("gone")))
                .isInstanceOf(SystemBroke.class)
                .hasMessageContaining("does not listen");
    }
}
