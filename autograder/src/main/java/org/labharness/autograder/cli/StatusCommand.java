package org.labharness.autograder.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.forge.ForgeTroubles;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.report.VerdictLines;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.GradingStore;
import org.labharness.autograder.store.QueueStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.autograder.store.VerdictStore;
import org.labharness.autograder.store.VerdictStore.Judged;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab status}. */
@Command(
        name = "status",
        description =
                "What became of a submission by its number, or what waits and runs now, with the pushes and statuses that came to"
                        + " nothing between a forge and here: here, or on a server as far as a token may see it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab status             what waits and runs",
            "  ./lab status 17          one submission: how far it is, or its points with their reasons",
            "  ./lab status --server https://lab.example.org 17",
            "  ./lab status --server https://lab.example.org --lab dvc-pipeline",
            "",
            "With --server the token is taken from the variable LAB_TOKEN, and the newest are shown whether they are over or not.",
            "",
            "Exit codes: 0 done, 2 wrong use, 4 the system broke."
        })
final class StatusCommand implements Callable<Integer> {
    private static final int LONGEST = 2_000;
    private static final int COMMIT = 10;

    private final Console console;
    private final Settings settings;

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(names = "--lab", paramLabel = "ID", description = "Those of one lab alone.")
    private @Nullable String lab;

    @Parameters(arity = "0..1", paramLabel = "SUBMISSION", description = "Its number. Default: all that are not over.")
    private @Nullable Long number;

    StatusCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (number != null && lab != null) {
            throw new WrongUse("Name a submission or --lab, not both.");
        }
        if (server.named()) {
            return ServedStatus.show(server, settings, console, number, lab);
        }
        Course course = options.load(settings);
        if (lab != null) {
            CourseOptions.lab(course, lab); // says which there are
        }
        try (Database database = options.open(settings, console)) {
            if (number == null) {
                queue(course, new QueueStore(database));
                new ForgeTroubles(database)
                        .of(course, InstantSource.system().instant())
                        .forEach(this::troubles);
            } else {
                one(course, database, number);
            }
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private void queue(Course course, QueueStore gradings) {
        List<Grading> all = gradings.unfinished(course.id()).stream()
                .filter(one -> lab == null || one.lab().value().equals(lab))
                .toList();
        Instant now = InstantSource.system().instant();
        for (Grading one : all) {
            console.out()
                    .println("  " + one.submission() + "  " + one.owner().id() + "  " + one.lab() + "  "
                            + far(one, gradings) + "; asked for " + span(one.asked(), now) + " ago ("
                            + one.way().code() + ")");
        }
        if (all.isEmpty()) {
            console.out()
                    .println("Nothing waits and nothing runs in " + course.id()
                            + (lab == null ? "." : " for " + lab + "."));
        }
    }

    private void troubles(ForgeTroubles.Kind kind) {
        List<ForgeTroubles.Trouble> shown = kind.troubles().stream()
                .filter(one -> lab == null || one.lab().value().equals(lab))
                .toList();
        if (!shown.isEmpty()) {
            console.out().println(kind.title() + ":");
            shown.forEach(
                    one -> console.out().println("  " + one.owner().id() + "  " + one.lab() + "  " + one.words()));
        }
    }

    private static String span(Instant then, Instant now) {
        Duration since = Duration.between(then, now);
        if (since.toMinutes() < 2) {
            return since.toSeconds() + " s";
        }
        return since.toHours() < 2 ? since.toMinutes() + " min" : since.toHours() + " h";
    }

    private void one(Course course, Database database, long submission) {
        SubmissionFact fact = new SubmissionStore(database)
                .fact(course.id(), submission)
                .orElseThrow(() -> new WrongUse("The course " + course.id() + " has no submission " + submission
                        + ". ./lab status lists what waits and runs; ./lab gradebook --explain ID names a student's"
                        + " submissions."));
        console.out().println(head(course, fact));
        Optional<Grading> grading = new GradingStore(database).ofSubmission(submission);
        Optional<Judged> judged = new VerdictStore(database).current(submission);
        judged.ifPresent(one -> VerdictLines.of(one.verdicts()).forEach(console.out()::println));
        console.out()
                .println(grading.map(one -> far(one, new QueueStore(database)))
                        .or(() -> judged.map(one -> one.points() + " of " + one.of() + " points"))
                        .orElse("Nobody has asked for its grading."));
    }

    private static String head(Course course, SubmissionFact fact) {
        Instant received = fact.received();
        return fact.owner().id() + "  " + fact.lab() + "  " + PlainText.line(fact.ref(), 100) + " at "
                + fact.commit().substring(0, Math.min(COMMIT, fact.commit().length())) + ", received "
                + (received == null ? "at no known time" : new CourseClock(course.zone()).moment(received));
    }

    private static String far(Grading grading, QueueStore gradings) {
        String message = grading.message().isEmpty() ? "" : ", " + PlainText.line(grading.message(), LONGEST);
        return switch (grading.state()) {
            case WAITING -> "waits, position " + Math.max(1, gradings.position(grading.id())) + message;
            case RUNNING -> "runs" + (grading.step().isEmpty() ? "" : ", " + grading.step());
            case DONE -> "done" + message;
            case SUPERSEDED -> "superseded" + message;
            case CANCELLED -> "cancelled" + message;
        };
    }
}
