package org.labharness.autograder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.report.HtmlReport;
import org.labharness.autograder.report.JUnitReport;
import org.labharness.autograder.report.MarkdownReport;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.report.TerminalReport;
import org.labharness.autograder.report.TerminalStyle;
import org.labharness.autograder.report.VerdictJson;
import picocli.CommandLine.Option;

/** Where an outcome is written; the terminal gets it always, unless {@code --json -} takes standard output. */
final class ReportOptions {
    @Option(names = "--json", paramLabel = "F", description = "Write the verdict as JSON; - for standard output.")
    private @Nullable String json;

    @Option(names = "--junit", paramLabel = "F", description = "Write JUnit XML, a test case a check.")
    private @Nullable Path junit;

    @Option(names = "--markdown", paramLabel = "F", description = "Write Markdown, to post back to the student.")
    private @Nullable Path markdown;

    @Option(names = "--html", paramLabel = "DIR", description = "Write a page that opens from disk.")
    private @Nullable Path html;

    /** Before anything runs, so that a long grading is not lost to a mistyped folder. */
    void requireWritable() {
        Stream.of(json == null || json.equals("-") ? null : Path.of(json), junit, markdown)
                .filter(Objects::nonNull)
                .forEach(ReportOptions::requireFile);
        if (html != null) {
            requireDirectory(html);
        }
    }

    void write(Outcome outcome, Console console) {
        if (json != null && json.equals("-")) {
            console.out().println(VerdictJson.write(outcome).strip());
        } else {
            console.out()
                    .print(TerminalReport.write(outcome, new TerminalStyle(console.outTerminal(), console.width())));
        }
        if (json != null && !json.equals("-")) {
            save(Path.of(json), VerdictJson.write(outcome));
        }
        if (junit != null) {
            save(junit, JUnitReport.write(outcome));
        }
        if (markdown != null) {
            save(markdown, MarkdownReport.write(outcome));
        }
        if (html != null) {
            save(folder(html).resolve("index.html"), HtmlReport.submission(outcome));
            console.err().println("Report: " + html.resolve("index.html").toAbsolutePath());
        }
        console.out().flush();
    }

    private static Path folder(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException problem) {
            throw new WrongUse("Cannot make the folder " + directory + ": " + problem.getMessage() + ". Name another.");
        }
    }

    private static void requireFile(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new WrongUse("The folder of " + file + " does not exist. Make it first, or name another file.");
        }
        if (Files.isDirectory(file)) {
            throw new WrongUse(file + " is a folder. Name a file in it, such as " + file.resolve("verdict") + ".");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new WrongUse("You may not write " + file + ". Name a file that can be written.");
        }
    }

    /** The folder itself need not exist yet, but must be one that can be made. */
    private static void requireDirectory(Path directory) {
        Path existing = directory.toAbsolutePath().normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new WrongUse("The folder " + directory + " cannot be made or written: " + existing
                    + (Files.isDirectory(existing) ? " may not be written." : " is a file.") + " Name another.");
        }
    }

    private static void save(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException problem) {
            throw new WrongUse(
                    "Cannot write " + file + ": " + problem.getMessage() + ". Name a file that can be written.");
        }
    }
}
