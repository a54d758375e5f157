package org.labharness.autograder.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who decides something; it is noted with every decision. */
final class Author {
    private static final int LONGEST = 200;

    @Option(names = "--by", paramLabel = "NAME", description = "Who says so. Default: who is logged in.")
    private @Nullable String name;

    String name(Settings settings) {
        String chosen =
                name == null ? settings.variables().getOrDefault("USER", System.getProperty("user.name")) : name;
        if (chosen.isBlank() || chosen.length() > LONGEST || chosen.chars().anyMatch(c -> c < ' ')) {
            throw new WrongUse("--by takes a name, at most " + LONGEST + " characters on one line.");
        }
        return chosen.strip();
    }
}
