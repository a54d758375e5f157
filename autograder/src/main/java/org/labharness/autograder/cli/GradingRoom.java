package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.job.GradingJob;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.queue.Budget;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.store.Database;
import org.labharness.lab.Lab;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.load.LabLoader;

/** A worker with all that its gradings need, for every command that works off the queue. */
final class GradingRoom implements AutoCloseable {
    private final SharedHarness harness;
    private final Worker worker;

    private GradingRoom(SharedHarness harness, Worker worker) {
        this.harness = harness;
        this.worker = worker;
    }

    /** @param atOnce how many are graded at the same time at most */
    static GradingRoom open(
            Database database,
            Settings settings,
            SandboxOptions sandbox,
            Collection<Course> courses,
            int atOnce,
            Budget budget) {
        InstantSource clock = InstantSource.system();
        Archive archive = settings.archive();
        Freezer freezer = new Freezer(archive, settings.variables(), clock);
        Map<CourseId, Course> known = courses.stream().collect(Collectors.toMap(Course::id, Function.identity()));
        SharedHarness harness = new SharedHarness(() -> Harness.start(settings, sandbox));
        GradingJob job = new GradingJob(
                database,
                freezer,
                course -> new Filing(database, archive, course, Version.NUMBER, clock),
                grading -> lab(known, grading),
                harness::grade,
                settings.remotes(),
                problem -> BugReport.write(problem, settings.home()).detail());
        return new GradingRoom(
                harness,
                new Worker(database, settings.home(), List.copyOf(known.keySet()), atOnce, budget, job, clock));
    }

    private static Lab lab(Map<CourseId, Course> courses, Grading grading) {
        Course course = Objects.requireNonNull(courses.get(grading.course()), "a course that this worker knows");
        Path folder = CourseOptions.lab(course, grading.lab().value()).lab();
        return LabLoader.load(Objects.requireNonNull(folder, "a lab for which something is handed in"));
    }

    Worker worker() {
        return worker;
    }

    /** How many containers were started and are not removed yet; answered at once. */
    int containers() {
        return harness.containers();
    }

    /** Nothing more is graded: what gradings share is removed beside whatever comes next. */
    void noMore() {
        harness.noMore();
    }

    @Override
    public void close() {
        worker.close();
        harness.close();
    }
}
