package org.labharness.autograder.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.labharness.pipeline.Shutdown;

/** How the program ends: by itself, or interrupted, which is said in one sentence while what runs is stopped. */
final class Ending {
    private final AtomicBoolean regular = new AtomicBoolean();

    /** Says so where the program is ended by Ctrl-C or the like before {@link #exit}. */
    static Ending watch(Console console) {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.interrupted(console), "interrupted"));
        return ending;
    }

    private void interrupted(Console console) {
        if (!regular.get()) {
            if (console.errTerminal()) {
                console.err().println(); // the terminal has written ^C
            }
            console.err().println(console.lastWords().now());
        }
    }

    void exit(int code) {
        awaitEndWhereInterrupted();
        regular.set(true);
        System.exit(code);
    }

    /**
     * Never returns while the program is being ended: whatever fails because it is being stopped is neither reported nor taken for a
     * result.
     */
    static void awaitEndWhereInterrupted() {
        while (Shutdown.underway()) {
            LockSupport.park();
        }
    }
}
