package org.labharness.autograder.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.SystemBroke;

/**
 * A process of its own that works on the embedded database of a state folder. It does what it is told line by line; {@code write}
 * commits submissions one after the other, and prints the number of each once it is committed.
 */
final class OtherProgram implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;
    private final PrintWriter told;

    private OtherProgram(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
        this.told = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    /** Returns when it has opened the database. */
    static OtherProgram open(Path home) throws IOException {
        OtherProgram program = new OtherProgram(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dslf4j.provider=org.slf4j.nop.NOPServiceProvider", // its lines are its own
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProgram.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        String first = program.line();
        if (first == null || !first.startsWith("open")) {
            throw new IllegalStateException("the other program said " + first);
        }
        return program;
    }

    /** The next line that it says; null where it has ended. */
    @Nullable
    String line() throws IOException {
        return said.readLine();
    }

    void tell(String what) {
        told.println(what);
    }

    /** Ends it as {@code kill -9} does, and gives what it had said until then beyond what was read. */
    String kill() throws IOException, InterruptedException {
        process.toHandle().destroyForcibly(); // Process.destroyForcibly would throw away what it has said
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the other program does not end");
        }
        StringBuilder rest = new StringBuilder();
        for (String line = line(); line != null; line = line()) {
            rest.append(line).append('\n');
        }
        return rest.toString();
    }

    /** Lets it come to its end, and gives what it had said until then beyond what was read. */
    String end() throws IOException, InterruptedException {
        told.close();
        String rest = String.join("\n", said.lines().toList());
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the other program does not end");
        }
        return rest;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        said.close();
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Database database = Database.open(DatabaseAddress.file(Path.of(arguments[0])))) {
            System.out.println("open " + database.throughAnother());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                try {
                    obey(line, new SubmissionStore(database));
                } catch (SystemBroke broke) {
                    System.out.println(broke.code() + ": " + broke.getMessage());
                }
            }
        }
    }

    private static void obey(String line, SubmissionStore store) {
        String[] words = line.split(" ", -1);
        int first = Integer.parseInt(words[1]);
        int last = words[0].equals("write") ? Integer.MAX_VALUE : first;
        for (int number = first; number <= last; number++) {
            store.submission(OnDatabase.COURSE, SampleFacts.submission("c" + number), OnDatabase.NOON);
            System.out.println(number); // println flushes
            if (number == last) {
                break;
            }
        }
    }
}
