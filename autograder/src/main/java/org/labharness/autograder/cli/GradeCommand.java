package org.labharness.autograder.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.grading.GradeRequest;
import org.labharness.autograder.report.Outcome;
import org.labharness.lab.Lab;
import org.labharness.lab.Points;
import org.labharness.pipeline.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab grade}. */
@Command(
        name = "grade",
        description =
                "Grades one submission: clones the commit, runs its pipeline in the sandbox, says what it is worth and why.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab grade ../student-repo",
            "  ./lab grade https://example.org/course/student-07.git --lab dvc-pipeline --ref v1.0",
            "  ./lab grade ../student-repo --lab labs/my-lab --json verdict.json --html report",
            "  ./lab grade ../student-repo --lab mlflow-tracking --min-score 25    exit code 1 below 25 points",
            "",
            "Exit codes: 0 graded, 1 below --min-score, 2 wrong use or invalid lab, 3 submission refused, 4 the system broke."
        })
final class GradeCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Parameters(paramLabel = "REPO", description = "Path or URL of the Git repository.")
    private String repository = "";

    @Mixin
    private LabOption lab = new LabOption();

    @Option(names = "--ref", paramLabel = "R", description = "Branch, tag or commit. Default: what HEAD names.")
    private @Nullable String ref;

    @Option(names = "--student", paramLabel = "NAME", description = "Who handed it in. Default: the repository's name.")
    private @Nullable String student;

    @Option(names = "--min-score", paramLabel = "POINTS", description = "Exit with 1 where fewer points are earned.")
    private @Nullable String minScore;

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Mixin
    private SandboxOptions sandbox = new SandboxOptions();

    GradeCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Points pass = minScore == null ? Points.ZERO : points(minScore);
        Lab chosen = lab.load(settings);
        if (chosen.byPeopleAlone()) {
            throw new WrongUse("The lab '" + chosen.id() + "' has no checks: people give all of its points. Enter them"
                    + " with ./lab mark.");
        }
        reports.requireWritable();
        Source source = new Source(repository, ref);
        GradeRequest request = new GradeRequest(student == null ? source.name() : student, source, chosen);
        try (Harness harness = Harness.start(settings, sandbox)) {
            Outcome outcome;
            try (ConsoleProgress progress = console.progress()) {
                outcome = harness.grade(request, progress.of(""));
            }
            harness.noMore();
            reports.write(outcome, console);
            return exitCode(outcome, pass).code();
        }
    }

    private static ExitCode exitCode(Outcome outcome, Points pass) {
        return switch (outcome) {
            case Outcome.Graded graded ->
                graded.scorecard().points().compareTo(pass) < 0 ? ExitCode.BELOW_MIN_SCORE : ExitCode.DONE;
            case Outcome.Refused refused -> ExitCode.SUBMISSION_REFUSED;
            case Outcome.Broken broken -> ExitCode.SYSTEM_BROKE;
        };
    }

    private static Points points(String text) {
        try {
            return Points.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUse("--min-score takes points such as 25 or 12.5, not '" + text + "'.");
        }
    }
}
