package org.labharness.pipeline.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.SystemBroke;

@Timeout(60)
class TrackingServerTests {
    @Test
    void aServerThatWasClosedBeforeItWasForkedIsNotWaitedForAndNeverForked(@TempDir Path folder) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("line"));
        try (ServerSocketChannel line = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            line.bind(address);
            CompletableFuture<ForkServer> parent = new CompletableFuture<>();
            AtomicInteger forks = new AtomicInteger();
            TrackingServer server = new TrackingServer(folder.resolve("socket"), () -> parent, ready -> {
                forks.incrementAndGet();
                return new ForkServer.Child("late", new CompletableFuture<>(), new CompletableFuture<>());
            });

            server.close();
            ForkServer late = new ForkServer(SocketChannel.open(address));
            parent.complete(late);

            assertThatThrownBy(() -> server.await(Duration.ofSeconds(1)))
                    .isInstanceOf(SystemBroke.class)
                    .hasMessageContaining("closed before it was started");
            assertThat(forks).hasValue(0);
            late.close();
        }
    }

    @Test
    void aServerThatIsStillStartingIsWaitedForLongerThanReadingItMayTake(@TempDir Path folder) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("line"));
        try (ServerSocketChannel line = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            line.bind(address);
            CompletableFuture<Void> started = new CompletableFuture<>();
            ForkServer parent = new ForkServer(SocketChannel.open(address));
            TrackingServer server = new TrackingServer(
                    folder.resolve("socket"),
                    () -> CompletableFuture.completedFuture(parent),
                    ready -> new ForkServer.Child("slow", started, new CompletableFuture<>()));
            CompletableFuture<Bridge> bridge = new CompletableFuture<>();

            Thread reader = Thread.startVirtualThread(() -> {
                try {
                    bridge.complete(server.openBridge(1, Duration.ofNanos(1)));
                } catch (SystemBroke e) {
                    bridge.completeExceptionally(e);
                }
            });
            while (reader.getState() != Thread.State.TIMED_WAITING && !bridge.isDone()) {
                Thread.onSpinWait();
            }
            started.complete(null);

            bridge.get(30, TimeUnit.SECONDS).close();
            parent.close();
        }
    }
}
