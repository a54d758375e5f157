package org.labharness.autograder.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.report.InspectionReport;
import org.labharness.autograder.report.TerminalStyle;
import org.labharness.lab.Lab;
import org.labharness.pipeline.Inspection;
import org.labharness.pipeline.Inspector;
import org.labharness.pipeline.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab inspect}. */
@Command(
        name = "inspect",
        description =
                "Reads a repository and says what would go wrong in a clean clone: what was seen, what it means, what mends it."
                        + " Runs nothing, needs no engine, takes a second or two. docs/findings.md lists all codes.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab inspect ../student-repo",
            "  ./lab inspect . --lab dvc-pipeline",
            "  ./lab inspect https://example.org/course/student-07.git --ref v1.0",
            "  ./lab inspect ../student-repo --json",
            "",
            "Exit codes: 0 read, 2 wrong use or invalid lab, 3 submission refused, 4 the system broke."
        })
final class InspectCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Parameters(paramLabel = "REPO", description = "Path or URL of the Git repository.")
    private String repository = "";

    @Mixin
    private LabOption lab = new LabOption();

    @Option(names = "--ref", paramLabel = "R", description = "Branch, tag or commit. Default: what HEAD names.")
    private @Nullable String ref;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    InspectCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Lab chosen = lab.load(settings);
        Inspector inspector = new Inspector(settings.home().resolve("inspect"), settings.variables());
        Inspection inspection = inspector.inspect(new Source(repository, ref), chosen);
        console.out()
                .print(
                        json
                                ? InspectionReport.json(inspection)
                                : InspectionReport.text(
                                        inspection, new TerminalStyle(console.outTerminal(), console.width())));
        return ExitCode.DONE.code();
    }
}
