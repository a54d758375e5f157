package org.labharness.pipeline.run;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.run.Wire.Message;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/**
 * The grader's DVC, warm in a container that runs nothing of the student's. One call at a time.
 *
 * <p>Whoever connects to the socket is in that container: the driver, its child of the call, or the shell that DVC starts for a stage.
 */
final class DvcSession implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 16;

    private final ServerSocketChannel server;
    private final Execution container;
    private final CompletableFuture<Wire> driver = new CompletableFuture<>();
    private final Semaphore connections = new Semaphore(CONNECTIONS);
    private volatile @Nullable Call current;

    /** What a call of DVC tells and asks. Called from several threads, never at the same time. */
    interface Listener {
        void printed(byte[] chunk);

        /** A message of the call's process; the answer, or empty where it waits for none. */
        Optional<Message> told(Message message);

        /** A stage's command that is to run now; gives its exit code. */
        int command(String directory, String command);

        /**
         * A signal ended the call's process; told last.
         *
         * @param cause {@code memory} where the kernel took it for want of memory, else empty
         */
        default void crashed(int signal, String cause) {}
    }

    /**
     * The call that is under way.
     *
     * @param broken what failed of the harness's own while it answered DVC, which takes that for a failure of the stage
     */
    private record Call(
            Listener listener,
            CompletableFuture<Boolean> lastWord,
            AtomicReference<@Nullable RuntimeException> broken) {
        Call(Listener listener) {
            this(listener, new CompletableFuture<>(), new AtomicReference<>());
        }

        void requireWhole() {
            RuntimeException problem = broken.get();
            if (problem != null) {
                throw problem;
            }
        }
    }

    private DvcSession(ServerSocketChannel server, Execution container) {
        this.server = server;
        this.container = container;
    }

    /** Returns at once; DVC is imported beside whatever the harness does next. */
    static DvcSession start(SubmissionSpace space, String image) {
        Path socket = space.layout().control().resolve("control.sock");
        try {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
            DvcSession session = new DvcSession(server, space.start(DvcContainer.command(space.layout(), image)));
            Thread.ofPlatform().daemon().name("dvc-control").start(session::accept);
            CompletableFuture<?> unused =
                    session.container.result().whenComplete((result, failure) -> session.containerEnded());
            return session;
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "The control socket " + socket + " cannot be made: " + e, e);
        }
    }

    /** Waits until DVC is imported, so that what it takes is nobody's run time; where that never comes, the first call says so. */
    void awaitStart() {
        try {
            driver.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The first call meets the same and tells it.
        }
    }

    /**
     * Runs one call of the driver and waits for its end; at the time-out the container is killed.
     *
     * @return the exit code; empty where DVC's own container hit a limit or the time is up
     * @throws SystemBroke where DVC or a stage could not be run for a reason that is not the submission's
     */
    Optional<Integer> call(Duration timeout, Listener listener, String... fields) {
        Call call = new Call(listener);
        current = call;
        CompletableFuture<Void> watch = new CompletableFuture<>();
        CompletableFuture<?> unused = watch.completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(container::kill);
        try {
            Wire wire = driver.get(START.toSeconds(), TimeUnit.SECONDS);
            wire.send(Message.of(fields));
            Optional<Integer> exit = listen(wire, call);
            call.requireWhole();
            if (exit.isEmpty() || fields[1].equals("command")) {
                return exit;
            }
            call.lastWord()
                    .completeOnTimeout(false, LAST_WORDS.toSeconds(), TimeUnit.SECONDS)
                    .get();
            call.requireWhole();
            return exit;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "The run was interrupted", e);
        } catch (ExecutionException | TimeoutException | IOException e) {
            call.requireWhole();
            throw new SystemBroke(Breakdown.INTERNAL, "DVC's container did not answer: " + howItEnded(), e);
        } finally {
            watch.cancel(false);
            current = null;
        }
    }

    /**
     * How DVC's container ended by itself or was killed; empty while it runs.
     *
     * @throws SystemBroke where the engine lost it
     */
    Optional<ExecutionResult> ended() {
        try {
            return Optional.of(container.result().get(LAST_WORDS.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SystemBroke broke
                    ? broke
                    : new SystemBroke(Breakdown.ENGINE_FAILED, "DVC's container was lost: " + e.getCause(), e);
        }
    }

    /** In words, for staff. */
    String howItEnded() {
        return ended().map(result -> "it ended with exit code " + result.exit()
                        + (result.log().lastError().isEmpty()
                                ? ""
                                : ", " + result.log().lastError()))
                .orElse("it does not say why");
    }

    /** Ends DVC; whatever call is under way ends with it. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // Nobody can be helped by it: the container is killed next, and the socket's folder is removed with the
            // submission.
        }
        container.kill();
    }

    private Optional<Integer> listen(Wire wire, Call call) throws IOException {
        while (true) {
            Optional<Message> message = wire.receive();
            if (message.isEmpty()) {
                return Optional.empty();
            }
            switch (message.get().text(0)) {
                case "output" -> call.listener().printed(message.get().bytes(1));
                case "ended" -> {
                    int exit = Integer.parseInt(message.get().text(1));
                    if (exit < 0) {
                        call.listener().crashed(-exit, message.get().text(2));
                    }
                    return Optional.of(exit);
                }
                default ->
                    throw new IOException("the driver said '" + message.get().text(0) + "'");
            }
        }
    }

    private void containerEnded() {
        driver.completeExceptionally(new IOException("the container ended"));
        CompletableFuture<?> unused = driver.thenAccept(DvcSession::hangUp);
        try {
            server.close();
        } catch (IOException e) {
            // As in close().
        }
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel channel = server.accept();
                if (connections.tryAcquire()) {
                    Thread.ofPlatform().daemon().name("dvc-connection").start(() -> converse(new Wire(channel)));
                } else {
                    channel.close();
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                driver.completeExceptionally(e);
                return;
            }
        }
    }

    private void converse(Wire wire) {
        boolean keep = false;
        try {
            Message hello = wire.receive().orElse(Message.of(""));
            Call call = current;
            switch (hello.text(0)) {
                case "driver" -> keep = driver.complete(wire);
                case "child" -> {
                    if (call != null) {
                        listenToChild(wire, call);
                    }
                }
                case "stage" -> {
                    if (call != null) {
                        int exit = call.listener().command(hello.text(3), hello.text(4));
                        wire.send(Message.of(Integer.toString(exit)));
                    }
                }
                default -> keep = false;
            }
        } catch (IOException e) {
            // The other end is gone or talks nonsense: the connection is closed, and the call sees what is missing.
        } catch (RuntimeException problem) {
            // The edge of this thread: DVC sees a failed stage, the call what has failed.
            Call call = current;
            if (call != null) {
                call.broken().compareAndSet(null, problem);
            }
        } finally {
            connections.release();
            if (!keep) {
                hangUp(wire);
            }
        }
    }

    private static void listenToChild(Wire wire, Call call) throws IOException {
        try {
            Optional<Message> message = wire.receive();
            while (message.isPresent()) {
                Optional<Message> answer = call.listener().told(message.get());
                if (answer.isPresent()) {
                    wire.send(answer.get());
                }
                message = wire.receive();
            }
        } finally {
            call.lastWord().complete(true);
        }
    }

    private static void hangUp(Wire wire) {
        try {
            wire.close();
        } catch (IOException e) {
            // It is gone then.
        }
    }
}
