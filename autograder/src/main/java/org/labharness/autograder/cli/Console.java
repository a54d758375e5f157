package org.labharness.autograder.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * Where a command prints: results to {@code out}, everything else to {@code err}.
 *
 * @param outTerminal whether {@code out} is a terminal, so that colours make sense
 * @param errTerminal whether {@code err} is a terminal, so that live lines make sense
 * @param width columns of the terminal; 100 where there is none
 * @param lastWords for the case that the program is interrupted
 */
record Console(
        PrintStream out, PrintStream err, boolean outTerminal, boolean errTerminal, int width, LastWords lastWords) {
    Console(PrintStream out, PrintStream err, boolean outTerminal, boolean errTerminal, int width) {
        this(out, err, outTerminal, errTerminal, width, new LastWords());
    }

    /** The console of the process; the launcher says in system properties what is a terminal. */
    static Console ofProcess() {
        return new Console(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Boolean.getBoolean("lab.terminal.out"),
                Boolean.getBoolean("lab.terminal.err"),
                Math.clamp(Integer.getInteger("lab.terminal.width", 100), 60, 160));
    }

    ConsoleProgress progress() {
        return new ConsoleProgress(err, errTerminal, InstantSource.system());
    }
}
