package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.job.GradingJob;
import org.labharness.autograder.queue.Budget;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.store.Database;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.InvalidLab;
import org.labharness.lab.load.LabLoader;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** A worker with all that its gradings need, for every command that works off the queue. */
final class GradingRoom implements AutoCloseable {
    private final SharedHarness harness;
    private final Worker worker;

    private GradingRoom(SharedHarness harness, Worker worker) {
        this.harness = harness;
        this.worker = worker;
    }

    /**
     * @param courses whose submissions are graded
     * @param described gives the one that a lab belongs to, as it is described now
     * @param labs that have been read already
     * @param atOnce how many are graded at the same time at most
     */
    static GradingRoom open(
            Database database,
            Settings settings,
            SandboxOptions sandbox,
            Collection<CourseId> courses,
            BiFunction<CourseId, LabId, Course> described,
            Collection<Lab> labs,
            int atOnce,
            Budget budget) {
        InstantSource clock = InstantSource.system();
        Archive archive = settings.archive();
        Freezer freezer = new Freezer(archive, settings.variables(), clock);
        SharedHarness harness = new SharedHarness(() -> Harness.start(settings, sandbox));
        Map<Path, Lab> last = new ConcurrentHashMap<>();
        labs.forEach(lab -> last.put(lab.folder(), lab));
        GradingJob job = new GradingJob(
                database,
                freezer,
                course -> new Filing(database, archive, course, Version.NUMBER, clock),
                grading -> lab(described.apply(grading.course(), grading.lab()), grading.lab(), last),
                harness::grade,
                settings.remotes(),
                problem -> BugReport.write(problem, settings.home()).detail());
        return new GradingRoom(
                harness, new Worker(database, settings.home(), List.copyOf(courses), atOnce, budget, job, clock));
    }

    /**
     * As its folder describes it now; while that cannot be used, because somebody edits it, as it was read last.
     *
     * @param last by folder
     */
    static Lab lab(Course course, LabId id, Map<Path, Lab> last) {
        Path folder = course.lab(id)
                .map(CourseLab::lab)
                .orElseThrow(
                        () -> new SystemBroke(
                                Breakdown.INTERNAL,
                                "The course " + course.id() + " has no lab " + id
                                        + " any more that something is handed in"
                                        + " for. That is not the submission's matter and costs nothing. Staff put it back into"
                                        + " course.yaml, with 'cancelled' where it is to count for nobody, and have it run again."));
        try {
            Lab lab = LabLoader.load(folder);
            last.put(folder, lab);
            return lab;
        } catch (InvalidLab edited) {
            Lab lab = last.get(folder);
            if (lab == null) {
                throw edited;
            }
            return lab;
        }
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
