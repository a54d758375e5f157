package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.labharness.pipeline.sandbox.Sign;

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
        run(USUAL, Sign.UNHEARD, argv);
    }

    /**
     * The same for one that may take longer.
     *
     * @param heard is told while it computes
     */
    static void run(Duration longest, Consumer<Sign> heard, String... argv) throws IOException {
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        process.getOutputStream().close();
        CompletableFuture<String> output = output(process.getInputStream());
        try {
            if (!ends(process, longest, heard)) {
                throw new IOException(List.of(argv) + " did not end within " + longest.toSeconds() + " s");
            }
            String said = output.join().strip();
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", argv) + " ended with " + process.exitValue()
                        + (said.isEmpty() ? "" : ": " + said));
            }
        } catch (CompletionException e) {
            throw new IOException("what " + argv[0] + " printed cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(argv[0] + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static CompletableFuture<String> output(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> Thread.ofPlatform().daemon().name("host-command").start(task));
    }

    private static boolean ends(Process process, Duration longest, Consumer<Sign> heard) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        Duration before = Duration.ZERO;
        for (long left = longest.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (process.waitFor(Math.min(left, Sign.EVERY.toNanos()), TimeUnit.NANOSECONDS)) {
                return true;
            }
            Duration used = process.info().totalCpuDuration().orElse(Duration.ZERO);
            if (used.compareTo(before) > 0) {
                before = used;
                heard.accept(Sign.WORKS);
            }
        }
        return false;
    }
}
