package org.labharness.autograder.cli;

import java.util.function.Supplier;

/** What is said when the program is interrupted: by the command that runs, if it has something to say. */
final class LastWords {
    private volatile Supplier<String> words =
            () -> "Interrupted: what was running is stopped and removed, its result is lost. Run the command again.";

    void say(Supplier<String> instead) {
        words = instead;
    }

    String now() {
        return words.get();
    }
}
