package org.labharness.autograder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.course.ServedCourse;
import org.labharness.autograder.intake.Collector;
import org.labharness.autograder.intake.Errand;
import org.labharness.autograder.intake.RosterCollection;
import org.labharness.autograder.job.RosterJob;
import org.labharness.autograder.queue.Budget;
import org.labharness.autograder.queue.Need;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterBatchStore;
import org.labharness.autograder.store.RosterBatchStore.Order;
import org.labharness.autograder.store.RosterBatchStore.RosterBatch;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;
import org.labharness.lab.course.CourseLab;
import org.labharness.pipeline.sandbox.Held;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab batch}. */
@Command(
        name = "batch",
        description =
                "Grades what a class has handed in and nobody has graded yet. Repositories of those who are due and of whom nothing is"
                        + " known are collected first. Stopped at any moment, it goes on with --resume.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab batch --course mlops/course.yaml --lab dvc-pipeline",
            "  ./lab batch --lab all --since \"2026-10-01\" --quiet              what came since then, for a night's job",
            "  ./lab batch --lab dvc-pipeline --students CS21B001 --force      runs it again",
            "  ./lab batch --resume                                           goes on with what was stopped",
            "",
            "How many are graded at once follows from the lab's limits and this machine; --parallel sets the most.",
            "",
            "Exit codes: 0 done, 2 wrong use or an invalid lab, 4 some could not be graded or collected: run it again."
        })
final class BatchCommand implements Callable<Integer> {
    private static final String LAST_WORDS =
            "Stopped. What was running is removed and begins again with ./lab batch --resume; what was graded counts.";
    private static final int COLLECT_AT_ONCE = 8;

    private final Console console;
    private final Settings settings;
    private final InstantSource clock = InstantSource.system();

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Option(
            names = "--lab",
            paramLabel = "ID",
            split = ",",
            description = "The lab's id in the course, several separated by commas, or all.")
    private List<String> labs = List.of();

    @Mixin
    private StudentsOption students = new StudentsOption();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only what was received from then on, in the course's time zone.")
    private @Nullable String since;

    @Mixin
    private AtOnceOption parallel = new AtOnceOption();

    @Option(names = "--resume", description = "Go on with the last batch of the course that was not finished.")
    private boolean resume;

    @Option(names = "--force", description = "Run again what was run already with the same lab.")
    private boolean force;

    @Option(names = "--quiet", description = "No progress, only the summary.")
    private boolean quiet;

    @Option(
            names = "--patience",
            paramLabel = "MINUTES",
            defaultValue = "15",
            description =
                    "Give up where nothing can be graded for so long, because the engine fails, say. Default: ${DEFAULT-VALUE}.")
    private int patience = 15;

    @Mixin
    private Author author = new Author();

    @Mixin
    private SandboxOptions sandbox = new SandboxOptions();

    BatchCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        requireSense();
        Course course = options.load(settings);
        List<CourseLab> chosen = CourseLabs.chosen(course, labs);
        try (Database database = options.openWithStore(settings, console)) {
            RosterBatchStore store = new RosterBatchStore(database, course.id());
            RosterBatch batch = resume ? unfinished(store, course) : begin(store, database, course, chosen);
            Path lock = lock(batch, course);
            Held held = Held.take(lock, Duration.ZERO).orElseThrow(BatchCommand::beingGraded);
            try {
                console.lastWords().say(() -> LAST_WORDS);
                return grade(database, course, store, batch);
            } finally {
                deleted(lock);
                held.close();
            }
        }
    }

    private void requireSense() {
        parallel.requireSense();
        if (patience < 0) {
            throw new WrongUse("--patience takes minutes, not " + patience + ".");
        }
        boolean asks = !labs.isEmpty() || students.areGiven() || since != null || force;
        if (resume && asks) {
            throw new WrongUse("--resume goes on with a batch as it was asked for. Leave the other options out.");
        }
        if (!resume && labs.isEmpty()) {
            throw new WrongUse("Which lab? --lab ID, or --lab all. A batch that was stopped goes on with --resume.");
        }
    }

    /** The last one that was not finished and that no other process is grading. */
    private RosterBatch unfinished(RosterBatchStore store, Course course) {
        List<RosterBatch> unfinished = store.unfinished();
        if (unfinished.isEmpty()) {
            throw nothingToResume(store, course);
        }
        RosterBatch batch = unfinished.stream()
                .filter(one -> !isHeld(lock(one, course)))
                .findFirst()
                .orElseThrow(BatchCommand::beingGraded);
        if (!quiet) {
            console.err()
                    .println("Going on with the batch of "
                            + String.join(
                                    ", ",
                                    batch.order().labs().stream()
                                            .map(LabId::value)
                                            .toList())
                            + " that was begun " + new CourseClock(course.zone()).moment(batch.began()) + ".");
        }
        return batch;
    }

    private static WrongUse nothingToResume(RosterBatchStore store, Course course) {
        Instant ended = store.last().map(RosterBatch::ended).orElse(null);
        return new WrongUse(
                ended == null
                        ? "The course " + course.id() + " has had no batch. Begin one: ./lab batch --lab ID."
                        : "The last batch of " + course.id() + " is finished since "
                                + new CourseClock(course.zone()).moment(ended)
                                + ". Begin another one: ./lab batch --lab ID.");
    }

    private Path lock(RosterBatch batch, Course course) {
        return settings.home().resolve("locks").resolve("batch-" + course.id() + "-" + batch.id() + ".lock");
    }

    private static boolean isHeld(Path lock) {
        Optional<Held> taken = Held.take(lock, Duration.ZERO);
        taken.ifPresent(Held::close);
        return taken.isEmpty();
    }

    private static WrongUse beingGraded() {
        return new WrongUse("Another process is grading this batch. Let it end, or stop it first.");
    }

    private RosterBatch begin(RosterBatchStore store, Database database, Course course, List<CourseLab> chosen) {
        new RosterStore(database).note(course, clock.instant());
        List<Student> who = students.of(database, course);
        return store.begin(
                new Order(
                        chosen.stream().map(CourseLab::id).toList(),
                        students.areGiven() ? who.stream().map(Student::id).toList() : List.of(),
                        since == null ? null : CourseTime.parse("--since", since, course),
                        force,
                        author.name(settings)),
                clock.instant());
    }

    /** A lab that was taken out of the course since keeps nobody from the rest. */
    private List<String> offered(Course course, RosterBatch batch) {
        List<String> offered = new ArrayList<>();
        for (LabId lab : batch.order().labs()) {
            if (course.lab(lab).isPresent()) {
                offered.add(lab.value());
            } else {
                console.err()
                        .println("The course " + course.id() + " has no lab " + lab
                                + " any more: nothing new of it is graded, and what waits of it says so.");
            }
        }
        return offered;
    }

    private static void deleted(Path lock) {
        try {
            Files.deleteIfExists(lock);
        } catch (IOException stays) {
            // an empty file
        }
    }

    private Integer grade(Database database, Course course, RosterBatchStore store, RosterBatch batch) {
        List<CourseLab> chosen = CourseLabs.chosen(course, offered(course, batch));
        Map<LabId, Lab> described = ServedCourse.read(chosen);
        Budget budget = Budget.ofMachine();
        int atOnce = parallel.of(budget, described.values());
        described
                .values()
                .forEach(lab -> budget.complaint(Need.of(lab.limits()))
                        .ifPresent(words -> console.err().println("The lab " + lab.id() + " " + words)));
        CourseClock zone = new CourseClock(course.zone());
        BatchProgress progress = new BatchProgress(console, quiet, zone);
        List<Errand> notDue;
        try (progress;
                GradingRoom room = GradingRoom.open(
                        database,
                        settings,
                        sandbox,
                        List.of(course.id()),
                        new FreshCourses(List.of(options), settings),
                        described.values(),
                        atOnce,
                        budget)) {
            RosterJob job = new RosterJob(
                    database,
                    course,
                    described,
                    new RosterCollection(
                            Collector.of(
                                    course.id(),
                                    database,
                                    settings.archive(),
                                    settings.variables(),
                                    Version.NUMBER,
                                    clock),
                            COLLECT_AT_ONCE),
                    room.worker(),
                    atOnce,
                    Duration.ofMinutes(patience),
                    progress,
                    clock);
            job.run(batch);
            notDue = job.notDue(batch);
            room.noMore();
        }
        BatchSummary summary =
                new BatchSummary(store.gradings(batch.id()), progress.collected(), progress.skipped(), notDue, zone);
        console.out().print(summary.words());
        Roster roster = new RosterStore(database).read(course.id());
        RosterNotes.print(console.out(), chosen, roster, batch.order().asked(roster));
        console.out().flush();
        return summary.broke() ? ExitCode.SYSTEM_BROKE.code() : ExitCode.DONE.code();
    }
}
