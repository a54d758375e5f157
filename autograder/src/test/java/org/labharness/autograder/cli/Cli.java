package org.labharness.autograder.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Runs commands of the program in this process, with variables of their own. */
public final class Cli {
    private final Map<String, String> variables = new TreeMap<>();

    /** @param home the state folder */
    public Cli(Path home) {
        variables.put("LAB_HOME", home.toString());
    }

    public Cli with(Map<String, String> more) {
        more.forEach(variables::putIfAbsent);
        return this;
    }

    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                100);
        int exit = Main.run(console, new Settings(variables), arguments);
        console.out().flush();
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What a command left. */
    public record Result(int exit, String out, String err) {
        /** Whatever it printed. */
        public String words() {
            return out + err;
        }
    }
}
