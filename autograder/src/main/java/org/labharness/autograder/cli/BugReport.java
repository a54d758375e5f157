package org.labharness.autograder.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A failure that nobody foresaw: the trace goes to a file, a sentence to the user. */
record BugReport(String detail) {
    /** The whole of it, for a command that ends with it. */
    String sentence() {
        return "The system broke (internal): " + detail;
    }

    static BugReport write(Throwable problem, Path home) {
        StringWriter trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace));
        String what = problem.getClass().getSimpleName() + ": " + problem.getMessage();
        Path file = save(trace.toString(), home);
        return new BugReport(what
                + ". This is a fault of the harness, not of the submission. "
                + (file == null ? "The trace could not be saved." : "The trace is in " + file + "; please report it."));
    }

    private static @Nullable Path save(String trace, Path home) {
        try {
            Path folder = Files.createDirectories(home.resolve("logs"));
            return Files.writeString(Files.createTempFile(folder, "trace-", ".txt"), trace);
        } catch (IOException unwritable) {
            return null;
        }
    }
}
