package org.labharness.autograder.cli;

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
                .forEach(file -> OutputFiles.requireFile(file, "verdict"));
        if (html != null) {
            OutputFiles.requireFolder(html);
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
            OutputFiles.save(Path.of(json), VerdictJson.write(outcome));
        }
        if (junit != null) {
            OutputFiles.save(junit, JUnitReport.write(outcome));
        }
        if (markdown != null) {
            OutputFiles.save(markdown, MarkdownReport.write(outcome));
        }
        if (html != null) {
            OutputFiles.save(OutputFiles.folder(html).resolve("index.html"), HtmlReport.submission(outcome));
            console.err().println("Report: " + html.resolve("index.html").toAbsolutePath());
        }
        console.out().flush();
    }
}
