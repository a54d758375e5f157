package org.labharness.autograder.cli;

import java.nio.file.Path;
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
            "  ./lab grade --course mlops/course.yaml --student CS21B001 --lab dvc-pipeline",
            "  ./lab grade ../student-repo --lab mlflow-tracking --min-score 25    exit code 1 below 25 points",
            "",
            "Exit codes: 0 graded, 1 below --min-score, 2 wrong use or invalid lab, 3 submission refused, 4 the system broke."
        })
final class GradeCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Parameters(
            arity = "0..1",
            paramLabel = "REPO",
            description =
                    "Path or URL of the Git repository; with --course it may be left out where the roster knows it.")
    private @Nullable String repository;

    @Mixin
    private LabOption lab = new LabOption();

    @Option(names = "--ref", paramLabel = "R", description = "Branch, tag or commit. Default: what HEAD names.")
    private @Nullable String ref;

    @Option(names = "--student", paramLabel = "NAME", description = "Who handed it in. Default: the repository's name.")
    private @Nullable String student;

    @Option(names = "--min-score", paramLabel = "POINTS", description = "Exit with 1 where fewer points are earned.")
    private @Nullable String minScore;

    @Option(
            names = "--course",
            paramLabel = "F",
            description =
                    "Let it count in this course: --lab is the course's id of the lab then, --student one of its roster.")
    private @Nullable Path course;

    @Mixin
    private DatabaseOption database = new DatabaseOption();

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
        if (course != null) {
            return inCourse(CourseOptions.of(course, database), pass);
        }
        if (repository == null) {
            throw new WrongUse("Which repository? ./lab grade REPO, a path or URL. See ./lab grade --help.");
        }
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

    private Integer inCourse(CourseOptions options, Points pass) {
        if (student == null) {
            throw new WrongUse("Whose work is it? Add --student ID, as the roster of the course calls them.");
        }
        reports.requireWritable();
        try (CourseWork work = CourseWork.open(options, settings, console, lab.name(), student)) {
            Outcome outcome = work.grade(repository, ref, sandbox);
            reports.write(outcome, console);
            console.out().println(work.standing());
            console.out().flush();
            return exitCode(outcome, pass).code();
        }
    }

    private static ExitCode exitCode(Outcome outcome, Points pass) {
        return switch (outcome) {
            case Outcome.Graded graded ->
                graded.scorecard().points().plus(graded.scorecard().bonus()).compareTo(pass) < 0
                        ? ExitCode.BELOW_MIN_SCORE
                        : ExitCode.DONE;
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
