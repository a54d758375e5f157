package org.labharness.autograder.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command timed as a whole process. */
record Command(List<String> line, Path directory, Path log) {
    private static final int LAST = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Wall seconds of one run. */
    double time() {
        long start = System.nanoTime();
        try {
            Process process = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new BenchFailed(
                        line.getFirst() + " did not end within " + PATIENCE.toMinutes() + " minutes." + said());
            }
            if (process.exitValue() != 0) {
                throw new BenchFailed(String.join(" ", line) + " ended with " + process.exitValue() + "." + said());
            }
        } catch (IOException problem) {
            throw new BenchFailed(line.getFirst() + " cannot be started: " + problem.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted while " + line.getFirst() + " ran");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** The file is removed with all else that was made to be measured. */
    private String said() throws IOException {
        List<String> said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return said.isEmpty()
                ? " It said nothing."
                : " It said last:\n  "
                        + String.join("\n  ", said.subList(Math.max(0, said.size() - LAST), said.size()));
    }
}
