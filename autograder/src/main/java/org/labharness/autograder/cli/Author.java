package org.labharness.autograder.cli;

import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import picocli.CommandLine.Option;

/** Who decides something; it is noted with every decision. */
final class Author {
    private static final int LONGEST = 200;

    @Option(names = "--by", paramLabel = "NAME", description = "Who says so. Default: who is logged in.")
    private @Nullable String name;

    String name(Settings settings) {
        String chosen = name == null ? loggedIn(settings) : name.strip();
        String plain = PlainText.line(chosen, LONGEST);
        if (chosen.isEmpty() || !plain.equals(chosen.replaceAll(" +", " "))) {
            throw new WrongUse(
                    name == null
                            ? "Nobody knows who is logged in. Say who decides: --by NAME."
                            : "--by takes a name, at most " + LONGEST
                                    + " characters on one line, none of them invisible.");
        }
        return plain;
    }

    private static String loggedIn(Settings settings) {
        String user = settings.variables().getOrDefault("USER", "").strip();
        return user.isEmpty() ? System.getProperty("user.name", "").strip() : user;
    }
}
