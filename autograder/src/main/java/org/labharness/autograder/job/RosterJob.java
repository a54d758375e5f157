package org.labharness.autograder.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.intake.Errand;
import org.labharness.autograder.intake.RosterCollection;
import org.labharness.autograder.job.RosterPlan.Planned;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.CollectionStore;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterBatchStore;
import org.labharness.autograder.store.RosterBatchStore.Candidate;
import org.labharness.autograder.store.RosterBatchStore.RosterBatch;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.pipeline.SystemBroke;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * The grading of a class as a job of four steps: {@code collect} reads the repositories of those who are due and of whom nothing is
 * known, {@code order} asks for gradings, {@code grade} works them off, {@code end} notes that all are over. Ended in the middle, it goes
 * on with the step that it was in, and each step with what is missing.
 */
public final class RosterJob {
    private static final String NAME = "roster";

    private final Jobs jobs;
    private final Course course;
    private final Map<LabId, Lab> labs;
    private final Database database;
    private final RosterBatchStore batches;
    private final SubmissionStore submissions;
    private final CollectionStore collections;
    private final RosterCollection collection;
    private final Worker worker;
    private final int atOnce;
    private final Duration patience;
    private final BatchWatcher watcher;
    private final InstantSource clock;
    private @Nullable SystemBroke givenUp;

    /**
     * @param labs of the order, as they are described now
     * @param atOnce how many are graded at the same time
     * @param patience how long nothing may be graded, for instance because the container engine does not answer, until it is given up
     */
    public RosterJob(
            Database database,
            Course course,
            Map<LabId, Lab> labs,
            RosterCollection collection,
            Worker worker,
            int atOnce,
            Duration patience,
            BatchWatcher watcher,
            InstantSource clock) {
        this.jobs = Jobs.in(database);
        this.course = course;
        this.labs = new LinkedHashMap<>(labs);
        this.database = database;
        this.batches = new RosterBatchStore(database, course.id());
        this.submissions = new SubmissionStore(database);
        this.collections = new CollectionStore(database, course.id());
        this.collection = collection;
        this.worker = worker;
        this.atOnce = atOnce;
        this.patience = patience;
        this.watcher = watcher;
        this.clock = clock;
    }

    /**
     * Grades a class, from where it was ended before.
     *
     * @throws SystemBroke where nothing could be graded for longer than the patience; what waits goes on waiting
     */
    public void run(RosterBatch batch) {
        Job job = new JobBuilder(NAME, jobs.repository())
                .start(step("collect", () -> collect(batch)))
                .next(step("order", () -> order(batch)))
                .next(step("grade", () -> grade(batch)))
                .next(step("end", () -> batches.end(batch.id(), clock.instant())))
                .build();
        // Machines that grade the same batch beside each other come to its end each in their own time: every step looks
        // for what is noted.
        JobParameters parameters = new JobParametersBuilder()
                .addLong(NAME, batch.id())
                .addString("place", worker.place())
                .toJobParameters();
        try {
            List<Throwable> failures = jobs.run(job, parameters);
            if (!failures.isEmpty()) {
                throw failures.getFirst() instanceof RuntimeException problem
                        ? database.explained(problem)
                        : new IllegalStateException(failures.getFirst());
            }
            jobs.forget(job, parameters);
        } catch (JobExecutionException problem) {
            throw new IllegalStateException("the job of batch " + batch.id() + " cannot be started", problem);
        } catch (RuntimeException problem) {
            // Where the database is away, how far the job came cannot be noted either: told is why it was given up.
            throw givenUp == null ? database.explained(problem) : givenUp;
        }
    }

    private Step step(String name, Runnable work) {
        return new StepBuilder(name, jobs.repository())
                .tasklet((contribution, chunk) -> {
                    work.run();
                    return RepeatStatus.FINISHED;
                })
                .build();
    }

    private Roster roster() {
        return new RosterStore(database).read(course.id());
    }

    private void collect(RosterBatch batch) {
        List<Errand> errands = missing(batch, clock.instant());
        if (!errands.isEmpty()) {
            watcher.collecting(errands.size());
            collection.run(errands, Errand::due, watcher);
        }
    }

    /** Those whose deadline is still to come, and of whom nothing is known that could be graded. */
    public List<Errand> notDue(RosterBatch batch) {
        Instant now = clock.instant();
        return unknown(batch).stream().filter(errand -> !isDue(errand, now)).toList();
    }

    private static boolean isDue(Errand errand, Instant now) {
        return errand.due() == null || errand.due().isBefore(now);
    }

    private List<Errand> unknown(RosterBatch batch) {
        List<Student> students = batch.order().asked(roster());
        return course.labs().stream()
                .filter(lab -> batch.order().labs().contains(lab.id()))
                .flatMap(lab -> unknown(lab, students).stream())
                .toList();
    }

    private List<Errand> unknown(CourseLab lab, List<Student> students) {
        Set<Owner> known =
                batches.candidates(lab.id()).stream().map(Candidate::owner).collect(Collectors.toSet());
        return Errand.of(lab, students).stream()
                .filter(errand -> !known.contains(errand.owner()))
                .toList();
    }

    /** Those who are due, and of whom nothing is known or was looked for within this batch. */
    private List<Errand> missing(RosterBatch batch, Instant now) {
        Map<LabId, Map<Owner, CollectionStore.Collected>> looked =
                batch.order().labs().stream().collect(Collectors.toMap(lab -> lab, collections::last));
        return unknown(batch).stream()
                .filter(errand -> isDue(errand, now))
                .filter(errand -> {
                    CollectionStore.Collected last =
                            looked.getOrDefault(errand.lab().id(), Map.of()).get(errand.owner());
                    return last == null || last.at().isBefore(batch.began());
                })
                .toList();
    }

    private void order(RosterBatch batch) {
        RosterPlan planning = new RosterPlan(database, course.id(), labs, roster(), batch.order());
        RosterPlan.Plan plan = planning.make();
        Map<Long, Grading> asked = batches.gradings(batch.id()).stream()
                .collect(Collectors.toMap(Grading::submission, grading -> grading, (one, other) -> other));
        for (Planned planned : plan.inOrder()) {
            long submission = planned.candidate().submission();
            if (!asked.containsKey(submission)) {
                SubmissionFact fact = submissions.fact(course.id(), submission).orElseThrow();
                long grading = worker.gradings()
                        .ask(
                                course.id(),
                                submission,
                                fact,
                                Way.BATCH,
                                batch.order().by(),
                                "",
                                planned.anew())
                        .grading();
                batches.add(batch.id(), grading);
            }
        }
        watcher.planned(planning.estimate(open(batch), atOnce, plan.skipped()));
    }

    private List<Grading> open(RosterBatch batch) {
        return batches.gradings(batch.id()).stream()
                .filter(grading -> !grading.over())
                .toList();
    }

    private void grade(RosterBatch batch) {
        try {
            new GradeStep(database, batches, worker, patience, watcher).await(batch.id());
        } catch (SystemBroke broke) {
            givenUp = broke;
            throw broke;
        }
    }
}
