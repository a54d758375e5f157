package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A short program of the host: mkfs, mount, umount, losetup, cp. */
final class HostCommand {
    private static final Duration USUAL = Duration.ofSeconds(30);

    private HostCommand() {}

    /**
     * Runs it to its end.
     *
     * @throws IOException when it could not start, did not end in time, or ended with another code than 0
     */
    static void run(String... argv) throws IOException {
        run(USUAL, argv);
    }

    /** The same for one that may take longer. */
    static void run(Duration longest, String... argv) throws IOException {
        long seconds = longest.toSeconds();
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        process.getOutputStream().close();
        // Only where it is late: destroying a process that has ended closes what it printed before that is read.
        CompletableFuture<Process> ended = process.onExit().orTimeout(seconds, TimeUnit.SECONDS);
        CompletableFuture<?> unused = ended.exceptionally(late -> process.destroyForcibly());
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IOException(List.of(argv) + " did not end within " + seconds + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", argv) + " ended with " + process.exitValue()
                        + (output.isEmpty() ? "" : ": " + output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(argv[0] + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
