package org.labharness.autograder.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.labharness.lab.ShellWord;
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
            if (Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                throw new WrongUse("There is a " + folder.resolve(file) + " already. Name another folder.");
            }
        }
        OutputFiles.requireFolder(folder);
        for (String file : FILES) {
            write(file);
        }
        Path course = folder.resolve(FILES[0]);
        Path roster = folder.resolve(FILES[1]);
        console.out().println("Written: " + course + ", " + roster);
        console.out()
                .println("Next: change both, then ./lab roster --course " + ShellWord.of(course.toString()) + " "
                        + ShellWord.of(roster.toString()) + " --apply");
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private void write(String file) {
        try (InputStream in = Objects.requireNonNull(NewCourseCommand.class.getResourceAsStream(file))) {
            Files.copy(in, Files.createDirectories(folder).resolve(file));
        } catch (IOException e) {
            String reason = e instanceof FileSystemException at ? at.getReason() : e.getMessage();
            throw new WrongUse("Cannot write " + folder.resolve(file) + (reason == null ? "" : ": " + reason)
                    + ". Name a folder that can be made and written.");
        }
    }
}
