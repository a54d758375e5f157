package org.labharness.pipeline.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.Whose;
import org.labharness.probe.exchange.Script;
import org.labharness.probe.exchange.ScriptFile;
import org.labharness.probe.exchange.Seen;
import org.labharness.probe.exchange.SeenFile;

/**
 * Asks services of submissions, from a container of the harness's own in their network namespace: nothing of the submission can look
 * into it, and what it sees it writes where the submission cannot.
 */
public final class Prober {
    private static final String PROGRAM = "org.labharness.probe.Prober";
    private static final String HEAP = "192m";
    private static final Memory MEMORY = Memory.mebibytes(384);
    private static final long MOST_SEEN = 64L << 20;
    private static final Duration START = Duration.ofSeconds(60);

    private final String image;
    private final ProbeKit kit;

    /** @param image whose init and libraries of the system the container has; nothing else of it is used */
    public Prober(String image, ProbeKit kit) {
        this.image = image;
        this.kit = kit;
    }

    /**
     * Starts to follow the script; returns when it stands in for somebody, where it has to, else at once.
     *
     * @param folder an empty one, into which no container of a submission sees
     * @param longest for all of it
     */
    public Asking start(SubmissionSpace space, Path folder, Script script, Duration longest, Consumer<String> note) {
        Path made = kit.folder(note);
        Path file = folder.resolve("script");
        Path out = folder.resolve("out");
        int uid = space.layout().uid();
        try {
            ScriptFile.write(file, script);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            Files.createDirectory(out);
            if (!Files.getAttribute(out, "unix:uid").equals(uid)) {
                Files.setAttribute(out, "unix:uid", uid);
                Files.setAttribute(out, "unix:gid", uid);
            }
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.DISK_FULL, "The questions to a service cannot be written: " + e + ".", e);
        }
        CompletableFuture<Void> standingIn = new CompletableFuture<>();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Execution execution = space.start(new ContainerCommand(
                image,
                "prober",
                Whose.THEIRS,
                kit.command(made, HEAP, PROGRAM, List.of("/script", "/out/seen")),
                Map.of("LANG", "C.UTF-8"),
                List.of(
                        Mount.readOnly(made, ProbeKit.INSIDE),
                        Mount.readOnly(file, "/script"),
                        Mount.readWrite(out, "/out")),
                false,
                "/tmp",
                Network.SUBMISSION,
                uid,
                new ContainerCommand.Caps(longest, MEMORY, 160, 2, Memory.mebibytes(16), Memory.mebibytes(1)),
                chunk -> {
                    String marks = new String(chunk, StandardCharsets.UTF_8);
                    if (marks.contains("STANDING_IN")) {
                        standingIn.complete(null);
                    }
                    if (marks.contains("READY")) {
                        ready.complete(null);
                    }
                }));
        if (script.standIn() != null) {
            await(standingIn, execution);
        }
        return new Asking(execution, out.resolve("seen"), longest, ready);
    }

    private static void await(CompletableFuture<Void> standingIn, Execution execution) {
        try {
            CompletableFuture.anyOf(standingIn, execution.result()).get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "The start of a prober was interrupted.", e);
        } catch (ExecutionException | TimeoutException e) {
            execution.kill();
            throw new SystemBroke(Breakdown.ENGINE_FAILED, "A prober did not start: " + e + ".", e);
        }
    }

    /**
     * A prober at its work.
     *
     * @param ready done when the service of the script has answered
     */
    public record Asking(Execution execution, Path seen, Duration longest, CompletableFuture<Void> ready) {
        /** Ends it now; what it has seen can be read. */
        public void stop() {
            execution.kill();
        }

        /** Lets it wait no longer once what it waits for has ended; after an answer, that nobody listens any more is an answer too. */
        public void waitsFor(Execution service) {
            CompletableFuture<Void> unused = service.result().thenRun(() -> {
                if (!ready.isDone()) {
                    stop();
                }
            });
        }

        /**
         * Waits for its end.
         *
         * @throws SystemBroke where the prober itself failed
         */
        public List<Seen> await() {
            ExecutionResult result = execution.await(longest, "A prober");
            boolean ended =
                    result.exit() == 0 || result.killed() || !result.limits().isEmpty();
            if (!ended) {
                throw new SystemBroke(
                        Breakdown.INTERNAL,
                        "The prober ended with " + result.exit() + ": "
                                + result.log().closingLine() + ".");
            }
            try {
                return Files.exists(seen) ? SeenFile.read(seen, MOST_SEEN) : List.of();
            } catch (IOException e) {
                throw new SystemBroke(Breakdown.INTERNAL, "What the prober saw cannot be read: " + e + ".", e);
            }
        }
    }
}
