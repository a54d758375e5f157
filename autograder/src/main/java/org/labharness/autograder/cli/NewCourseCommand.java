package org.labharness.autograder.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./lab new-course}. */
@Command(
        name = "new-course",
        description =
                "Begins a course: writes a course.yaml that explains itself and a roster to fill in. Nothing is written over.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./lab new-course ../mlops-2027", "", "Exit codes: 0 written, 2 wrong use, 4 the system broke."})
final class NewCourseCommand implements Callable<Integer> {
    private static final String[] FILES = {"course.yaml", "roster.csv"};

    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "A folder; made where it is missing.")
    private Path folder = Path.of("");

    NewCourseCommand(Console console, Settings settings) {
        this.console = console;
    }

    @Override
    public Integer call() {
        for (String file : FILES) {
            if (Files.exists(folder.resolve(file))) {
                throw new WrongUse("There is a " + folder.resolve(file) + " already. Name another folder.");
            }
        }
        for (String file : FILES) {
            write(file);
        }
        Path course = folder.resolve(FILES[0]);
        console.out().println("Written: " + course + ", " + folder.resolve(FILES[1]));
        console.out()
                .println("Next: change both, then ./lab roster --course " + course + " " + folder.resolve(FILES[1]));
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private void write(String file) {
        try (InputStream in = Objects.requireNonNull(NewCourseCommand.class.getResourceAsStream(file))) {
            Files.copy(in, Files.createDirectories(folder).resolve(file));
        } catch (IOException e) {
            throw new WrongUse("Cannot write " + folder.resolve(file) + ": " + e.getMessage()
                    + ". Name a folder that you may write.");
        }
    }
}
