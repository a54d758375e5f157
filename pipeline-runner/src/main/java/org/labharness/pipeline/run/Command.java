package org.labharness.pipeline.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A shell command of a run without DVC.
 *
 * @param directory absolute, as its container sees it
 * @param variables beside those of every command
 * @param otherwise what to try instead where it failed for a reason that the submission is not to blame for; in their order
 */
record Command(String name, String directory, String line, Map<String, String> variables, List<Otherwise> otherwise) {
    Command {
        variables = Map.copyOf(variables);
        otherwise = List.copyOf(otherwise);
    }

    static Command of(String name, String line) {
        return new Command(name, "/work", line, Map.of(), List.of());
    }

    /** All of them, numbered from 1 on. */
    static List<Command> numbered(List<String> lines) {
        List<Command> commands = new ArrayList<>();
        for (String line : lines) {
            commands.add(of("command-" + (commands.size() + 1), line));
        }
        return commands;
    }

    /**
     * Another way to run the same.
     *
     * @param said what is in a line that the failed one printed, or where {@code absent} did not print
     */
    record Otherwise(Pattern said, boolean absent, String line) {}
}
