package org.labharness.autograder.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks the person at the terminal; where nobody sits there the answer is no. */
record Question(Console console, InputStream answers) {
    boolean yes(String question) {
        if (!console.outTerminal() || !console.errTerminal()) {
            return false;
        }
        console.out().print(question + " [y/N] ");
        console.out().flush();
        String answer = line();
        if (answer == null) {
            console.out().println();
            return false;
        }
        String word = answer.strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }

    private @Nullable String line() {
        try {
            return new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8)).readLine();
        } catch (IOException nobody) {
            return null;
        }
    }
}
