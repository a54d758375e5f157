package org.labharness.pipeline.tracking;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Whose;

/** The container of the tracking servers, from its start to its end. */
final class ForkContainer {
    /** Where the sandbox's root is seen inside. */
    static final String SPACES = "/spaces";

    private static final String CONTROL = "/control";
    private static final String SOCKET = "control.sock";
    private static final List<String> PROGRAM =
            List.of("/opt/mlflow/bin/python", "-I", "-B", "/opt/lab/lib/server.py", CONTROL + "/" + SOCKET, SPACES);
    /** Longer than any batch; the container ends with the harness. */
    private static final Duration LONGEST = Duration.ofDays(30);

    /** Four seconds on a quiet machine; on one that does much else it may take minutes, and no submission is to blame for that. */
    private static final Duration WARM = Duration.ofMinutes(4);

    private static final Memory OUTPUT = Memory.mebibytes(16);

    private final CompletableFuture<ForkServer> ready;
    private volatile boolean closed;

    private ForkContainer(Sandbox sandbox, String image) {
        ready = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("tracking-start").start(() -> run(sandbox, image));
    }

    static ForkContainer start(Sandbox sandbox, String image) {
        return new ForkContainer(sandbox, image);
    }

    /** Completes when servers can be forked; exceptionally (SystemBroke) where it never comes to that. */
    CompletableFuture<ForkServer> ready() {
        return ready;
    }

    boolean isOver() {
        return ready.isCompletedExceptionally()
                || (ready.isDone() && ready.join().isOver());
    }

    void close() {
        closed = true;
        ready.completeExceptionally(ForkServer.broke("the tracking servers were closed"));
        if (!ready.isCompletedExceptionally()) {
            ready.join().close();
        }
    }

    private void run(Sandbox sandbox, String image) {
        try {
            Path folder = folder(sandbox.root());
            try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                listener.bind(UnixDomainSocketAddress.of(folder.resolve(SOCKET)));
                Execution execution = sandbox.startShared(command(sandbox.root(), folder, image));
                connect(listener, execution);
            } finally {
                Files.deleteIfExists(folder.resolve(SOCKET));
                Files.deleteIfExists(folder);
            }
        } catch (SystemBroke e) {
            ready.completeExceptionally(e);
        } catch (IOException | RuntimeException e) {
            // The edge of a thread: whoever waits for a server must hear of it.
            ready.completeExceptionally(new SystemBroke(
                    Breakdown.TRACKING_SERVER, "the container of the tracking servers could not be started: " + e, e));
        }
    }

    private void connect(ServerSocketChannel listener, Execution execution) throws IOException {
        CompletableFuture<ForkServer> connected = new CompletableFuture<>();
        CompletableFuture<ExecutionResult> unusedResult = execution
                .result()
                .whenComplete((result, failure) -> connected.completeExceptionally(died(result, failure)));
        Thread.ofPlatform().daemon().start(() -> {
            try {
                connected.complete(new ForkServer(listener.accept()));
            } catch (IOException e) {
                connected.completeExceptionally(e);
            }
        });
        try {
            ForkServer server =
                    connected.orTimeout(WARM.toMillis(), TimeUnit.MILLISECONDS).join();
            CompletableFuture<Void> unusedEnd = server.over().thenRun(execution::kill);
            server.ready().orTimeout(WARM.toMillis(), TimeUnit.MILLISECONDS).join();
            if (closed || !ready.complete(server)) {
                server.close();
            }
        } catch (CompletionException e) {
            execution.kill();
            ready.completeExceptionally(cause(e));
        }
    }

    private static SystemBroke cause(CompletionException e) {
        if (e.getCause() instanceof SystemBroke broke) {
            return broke;
        }
        String why =
                e.getCause() instanceof TimeoutException ? "was not ready after " + WARM.toSeconds() + " s" : "failed";
        return new SystemBroke(Breakdown.TRACKING_SERVER, "the container of the tracking servers " + why, e);
    }

    private static Throwable died(@Nullable ExecutionResult result, @Nullable Throwable failure) {
        if (result == null) {
            return failure == null ? ForkServer.broke("the container of the tracking servers ended") : failure;
        }
        return ForkServer.broke("the container of the tracking servers ended with exit code " + result.exit() + ": "
                + result.log().lastError());
    }

    /** For the harness alone: who can connect to the control socket commands a process with the power over all servers. */
    private static Path folder(Path root) throws IOException {
        return Files.createTempDirectory(
                root, "tracking", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static ContainerCommand command(Path root, Path folder, String image) {
        return new ContainerCommand(
                image,
                "tracking",
                Whose.OURS,
                PROGRAM,
                Map.of("PYTHONHASHSEED", "random"),
                List.of(new Mount(root, SPACES, false, true), Mount.readWrite(folder, CONTROL)),
                false,
                "/",
                Network.NONE,
                0,
                new ContainerCommand.Caps(LONGEST, Memory.mebibytes(3072), 4096, 2, Memory.mebibytes(64), OUTPUT),
                chunk -> {});
    }
}
