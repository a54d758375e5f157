package org.labharness.autograder.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.labharness.autograder.publish.Publication;
import org.labharness.autograder.publish.SecretTold;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./lab publish}. */
@Command(
        name = "publish",
        description =
                "Writes what students get of a lab: the handout, the starter, what is asked with its points, and the checks that they can"
                        + " try themselves. Never a solution, a faulty submission, hidden data or a threshold.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab publish onnx-registry ../handed-out",
            "  ./lab publish labs/my-lab /tmp/my-lab",
            "",
            "Exit codes: 0 written, 2 wrong use or an invalid lab, 4 the system broke."
        })
final class PublishCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Parameters(index = "0", paramLabel = "LAB|PATH", description = "A bundled lab's id, or a folder with a lab.yaml.")
    private String lab = "";

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            description = "Where to write to: a folder that is not there yet, or empty.")
    private Path folder = Path.of("");

    PublishCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        refuseFull();
        try {
            Set<String> files = Publication.write(LabOption.load(settings, lab), folder);
            console.out().println("Written to " + folder + ":");
            files.forEach(file -> console.out().println("  " + file));
            return ExitCode.DONE.code();
        } catch (SecretTold told) {
            throw new WrongUse(String.valueOf(told.getMessage()));
        }
    }

    private void refuseFull() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> there = Files.list(folder)) {
            if (there.findAny().isPresent()) {
                throw new WrongUse(folder + " is not empty. Name a folder that is not there yet, or empty this one.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + folder, e);
        }
    }
}
