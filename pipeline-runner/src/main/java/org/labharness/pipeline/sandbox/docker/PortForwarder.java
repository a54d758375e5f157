package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SpaceLayout;
import org.labharness.pipeline.sandbox.Whose;

/** The program in the namespace's holder that answers loopback ports; {@code docker/lab/forward.py} is its other half. */
record PortForwarder(SpaceLayout layout, Duration patience) {
    private static final String FOLDER = "/tracking";
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final ContainerCommand.Caps CAPS = new ContainerCommand.Caps(
            Duration.ofDays(365), Memory.mebibytes(128), 256, 1, Memory.mebibytes(1), Memory.mebibytes(1));

    PortForwarder(SpaceLayout layout) {
        this(layout, WAIT);
    }

    /** The command of the container that holds the submission's namespace. */
    ContainerCommand command(String image) {
        return new ContainerCommand(
                image,
                "pause",
                Whose.OURS,
                List.of("python3", "-I", "-S", "-B", "/opt/lab/lib/forward.py", FOLDER),
                Map.of("LC_ALL", "C.UTF-8"),
                List.of(Mount.readWrite(layout.socket(), FOLDER)),
                false,
                "/",
                Network.NONE,
                layout.uid(),
                CAPS,
                bytes -> {});
    }

    /**
     * Opens the ports; returns when they are answered.
     *
     * @param holder result of the container that holds the namespace, whose end means that nobody will ever answer
     */
    void open(Collection<LoopbackPort> ports, CompletableFuture<?> holder) {
        String request = ports.stream()
                .map(port -> "[" + port.port() + "," + port.ipv4() + "]")
                .collect(Collectors.joining(",", "[", "]\n"));
        Path socket = layout.socket().resolve("ports");
        try (SocketChannel channel = connect(socket, holder)) {
            ask(channel, request);
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.INTERNAL,
                    "the loopback ports of the submission could not be opened: " + e.getMessage(),
                    e);
        }
    }

    /** Whether a port was ever connected to. The folder is mounted into the holder alone. */
    boolean wasAsked() {
        return Files.exists(layout.socket().resolve("asked"));
    }

    /** A channel of this kind knows no time-out of its own: at the deadline it is closed under the read. */
    private void ask(SocketChannel channel, String request) throws IOException {
        CompletableFuture<Void> watch = new CompletableFuture<>();
        CompletableFuture<?> unused = watch.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(() -> hangUp(channel));
        try {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            if (channel.read(ByteBuffer.allocate(8192)) <= 0) {
                throw new IOException("no answer to " + request.strip());
            }
        } catch (ClosedChannelException e) {
            throw new IOException("no answer to " + request.strip() + " within " + patience.toSeconds() + " s", e);
        } finally {
            watch.cancel(false);
        }
    }

    private static void hangUp(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The read fails either way.
        }
    }

    private SocketChannel connect(Path socket, CompletableFuture<?> holder) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                if (holder.isDone() || System.nanoTime() > until) {
                    throw new IOException("the forwarder does not listen at " + socket, e);
                }
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
