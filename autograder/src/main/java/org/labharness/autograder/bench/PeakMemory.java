package org.labharness.autograder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most memory that a command's process had, as Linux tells it while the process lives. */
record PeakMemory(Command command) {
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+([0-9]+) kB");
    private static final long SECONDS = 600;

    long mebibytes() {
        try {
            Process process = new ProcessBuilder(command.line())
                    .directory(command.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(command.log().toFile())
                    .start();
            process.getOutputStream().close();
            long peak = 0;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, kibibytes(process.pid()));
                if (System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new BenchFailed(command.line().getFirst() + " did not end; see " + command.log());
                }
            }
            return peak >> 10;
        } catch (IOException problem) {
            throw new BenchFailed(command.line().getFirst() + " cannot be started: " + problem.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted while " + command.line().getFirst() + " ran");
        }
    }

    private static long kibibytes(long pid) {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            return peak.find() ? Long.parseLong(peak.group(1)) : 0;
        } catch (IOException gone) {
            return 0;
        }
    }
}
