package org.labharness.autograder.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.grading.Facts;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.regrade.Reevaluation;
import org.labharness.autograder.regrade.Reevaluation.Evaluated;
import org.labharness.autograder.regrade.Reevaluator;
import org.labharness.autograder.regrade.Regrade;
import org.labharness.autograder.regrade.RegradeText;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.GradedRunStore;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.autograder.store.SubmissionStore.Rejudged;
import org.labharness.lab.Lab;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.LabLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab regrade}. */
@Command(
        name = "regrade",
        description =
                "Evaluates the kept evidence of a lab by its rubric as it is now, starting no container: shows who would change, by"
                        + " how much and why, and changes nothing before --apply.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab regrade --lab dvc-pipeline",
            "  ./lab regrade --lab dvc-pipeline --rerun --why \"outputs are rebuilt now\"",
            "  ./lab regrade --lab dvc-pipeline --apply --why \"the lock is worth less\"",
            "",
            "What people decided (./lab override) stays; earlier evaluations are kept and named in the explanation.",
            "",
            "Exit codes: 0 done, 2 wrong use or an invalid lab, 4 the system broke."
        })
final class RegradeCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Mixin
    private Author author = new Author();

    @Option(names = "--lab", required = true, paramLabel = "ID", description = "The lab's id in the course.")
    private String lab = "";

    @Option(
            names = "--preview",
            description =
                    "Show what would change and leave it at that; so does no option at all. At a terminal --why alone asks.")
    private boolean preview;

    @Option(names = "--apply", description = "Let the new evaluations count.")
    private boolean apply;

    @Option(
            names = "--rerun",
            description =
                    "Run again, from what was kept of them, exactly the submissions of which the rubric needs what no run has"
                            + " collected, or what cannot be read any more. Needs the engine; what they are worth counts at"
                            + " once.")
    private boolean rerun;

    @Mixin
    private SandboxOptions sandbox = new SandboxOptions();

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason; it is shown with every changed grade.")
    private String why = "";

    RegradeCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (apply && preview) {
            throw new WrongUse("--preview changes nothing and --apply does: give one of them.");
        }
        if ((apply || rerun) && why.isBlank()) {
            throw new WrongUse("Say why: --why \"...\". Every student whose grade changes will want to know.");
        }
        why = Remark.of("--why", why);
        Course course = options.load(settings);
        CourseLab offered = CourseOptions.lab(course, lab);
        if (offered.lab() == null || !offered.submitted()) {
            throw new WrongUse("People give all points of " + lab + "; there is no rubric to evaluate by.");
        }
        Lab rubric = LabLoader.load(offered.lab());
        long start = System.nanoTime();
        Instant now = InstantSource.system().instant();
        try (Database database = options.openWithStore(settings, console)) {
            List<Reevaluation> submissions = new Reevaluator(rubric, settings.archive()::evidence)
                    .all(new GradedRunStore(database).read(course.id(), offered.id()));
            Regrade regrade = Regrade.of(
                    course,
                    offered.id(),
                    new RosterStore(database).read(course.id()),
                    new LedgerStore(database).read(course.id()),
                    submissions,
                    author.name(settings),
                    why,
                    now);
            console.out().print(RegradeText.of(regrade));
            console.out().flush();
            console.out().println();
            String end =
                    apply || asked(regrade) ? apply(database, rubric, regrade, now) : rerun ? "Done" : left(regrade);
            if (rerun) {
                rerun(database, course, rubric, regrade);
            }
            double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
            console.out().println(end + String.format(Locale.ROOT, " (%.1f s).", seconds));
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    /** Whoever sits at the terminal has seen what would change by now. */
    private boolean asked(Regrade regrade) {
        return !preview
                && !rerun
                && !why.isEmpty()
                && !nothingToApply(regrade)
                && new Question(console, System.in).yes("Let the new evaluations count?");
    }

    private static boolean nothingToApply(Regrade regrade) {
        return regrade.unjudged().size() == regrade.submissions().size();
    }

    private static String left(Regrade regrade) {
        if (nothingToApply(regrade)) {
            return "Nothing is changed, and there is nothing to apply";
        }
        return regrade.changed().isEmpty()
                ? "Nothing is changed, and no points would be: all checks give what they gave"
                : "Nothing is changed; --apply --why \"...\" would";
    }

    /** What waits for another run; each counts when it has ended. */
    private void rerun(Database database, Course course, Lab rubric, Regrade regrade) {
        List<Reevaluation> unjudged = regrade.unjudged();
        if (unjudged.isEmpty()) {
            console.out().println("Nothing has to run again.");
            return;
        }
        InstantSource clock = InstantSource.system();
        Archive archive = settings.archive();
        SubmissionStore store = new SubmissionStore(database);
        try (ConsoleProgress progress = console.progress();
                Harness harness = Harness.start(settings, sandbox)) {
            CourseRuns runs = new CourseRuns(
                    harness,
                    new Freezer(archive, settings.variables(), clock),
                    new Filing(database, archive, course.id(), Version.NUMBER, clock),
                    course.id(),
                    settings.remotes());
            for (Reevaluation one : unjudged) {
                long number = one.run().submission();
                String name = one.run().owner().id();
                SubmissionFact submission = store.fact(course.id(), number).orElseThrow();
                progress.ended(
                        name,
                        submission.bundle() == null
                                ? "nothing is kept of it that could run again; ./lab grade --course takes it anew"
                                : DemoCommand.words(runs.run(
                                        number, submission, rubric, progress.of(name), author.name(settings), why)));
            }
        }
    }

    private String apply(Database database, Lab rubric, Regrade regrade, Instant now) {
        List<Rejudged> rejudged = regrade.submissions().stream()
                .filter(Evaluated.class::isInstance)
                .map(Evaluated.class::cast)
                .map(one -> new Rejudged(
                        one.run().submission(),
                        one.run().run(),
                        Facts.evaluation(one.scorecard(), rubric, Version.NUMBER, now)))
                .toList();
        long anew = new SubmissionStore(database).rejudge(rejudged, author.name(settings), why, now);
        return anew == 0
                ? "Nothing to apply: what counts is by this rubric already"
                : "Applied: " + anew + (anew == 1 ? " submission is" : " submissions are") + " judged anew";
    }
}
