package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.course.ServedCourse;
import org.labharness.autograder.queue.Budget;
import org.labharness.autograder.queue.GradingEvent;
import org.labharness.autograder.store.Database;
import org.labharness.lab.Lab;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.load.CourseLoader;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab worker}. */
@Command(
        name = "worker",
        description =
                "One more machine that grades: takes submissions from the queue of a PostgreSQL database until it is stopped. It needs"
                        + " the same course files, and a store of bundles and evidence that all machines reach (LAB_STORE).",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  LAB_STORE=/mnt/lab-store ./lab worker --course mlops/course.yaml --database jdbc:postgresql://db/grades?user=lab",
            "  ./lab worker --course a/course.yaml --course b/course.yaml --parallel 4",
            "",
            "Killed at any moment, it loses nothing: what it had begun is taken over by another one within a minute.",
            "",
            "Exit codes: 2 wrong use, 4 the system broke, 130 stopped."
        })
final class WorkerCommand implements Callable<Integer> {
    private static final int LONGEST = 400;

    private final Console console;
    private final Settings settings;

    @Option(
            names = "--course",
            paramLabel = "F",
            defaultValue = "course.yaml",
            description = "The description of a course; several times for several. Default: ${DEFAULT-VALUE}.")
    private List<Path> courses = List.of(Path.of(CourseLoader.FILE));

    @Mixin
    private AtOnceOption parallel = new AtOnceOption();

    @Mixin
    private DatabaseOption database = new DatabaseOption();

    @Mixin
    private SandboxOptions sandbox = new SandboxOptions();

    WorkerCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        parallel.requireSense();
        FreshCourses known = new FreshCourses(
                courses.stream()
                        .map(course -> CourseOptions.of(course, database))
                        .toList(),
                settings);
        List<Lab> labs = known.all().stream()
                .flatMap(course -> ServedCourse.of(course).labs().values().stream())
                .toList();
        try (Database opened = database.openWithStore(settings, console)) {
            Budget budget = Budget.ofMachine();
            int atOnce = parallel.of(budget, labs);
            List<CourseId> ids = known.all().stream().map(Course::id).toList();
            try (GradingRoom room = GradingRoom.open(opened, settings, sandbox, ids, known, labs, atOnce, budget)) {
                room.worker().listen((id, event) -> say(event));
                room.worker().start();
                console.err()
                        .println("Waiting for submissions of "
                                + String.join(
                                        ", ",
                                        ids.stream()
                                                .map(CourseId::value)
                                                .sorted()
                                                .toList())
                                + ". Ctrl-C stops it.");
                console.lastWords().say(() -> "Stopped. What was running is removed; another worker begins it again.");
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SystemBroke(Breakdown.INTERRUPTED, "The worker was interrupted.", e);
            }
        }
        return ExitCode.DONE.code();
    }

    private void say(GradingEvent event) {
        switch (event) {
            case GradingEvent.Begun(var grading) ->
                line(grading.owner().id() + " " + grading.lab() + "  begun ("
                        + grading.way().code() + ")");
            case GradingEvent.Ended(var grading) ->
                line(grading.owner().id() + " " + grading.lab() + "  " + grading.message());
            case GradingEvent.Back back -> line("waits again: " + back.message());
            case GradingEvent.Progressed progressed -> {
                // too much for a log
            }
            case GradingEvent.Stepped stepped -> {
                // of another process
            }
        }
    }

    private void line(String words) {
        console.err().println("  " + PlainText.line(words, LONGEST));
    }
}
