package org.labharness.autograder.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.archive.Kind;
import org.labharness.autograder.cli.Tiny;
import org.labharness.autograder.grading.GradeRequest;
import org.labharness.autograder.intake.Collector;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.intake.RosterCollection;
import org.labharness.autograder.job.GradingJob.Sandboxed;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.queue.Budget;
import org.labharness.autograder.queue.Gradings;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.sample.SampleOutcomes;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.GradingStore;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.RosterBatchStore;
import org.labharness.autograder.store.RosterBatchStore.Order;
import org.labharness.autograder.store.RosterBatchStore.RosterBatch;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.lab.Lab;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;
import org.labharness.lab.load.LabLoader;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.sandbox.docker.Eventually;

/** A course of one lab whose submissions wait in a real database, and workers that take them. */
final class SmallClass implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Path folder;
    private final DatabaseAddress address;
    private final Archive archive;
    private final Freezer freezer;
    private final Course course;
    private final List<Runnable> ends = new ArrayList<>();
    final Database database;
    final Lab lab;
    final GradingStore gradings;
    private volatile boolean gone;

    SmallClass(Path folder, DatabaseAddress address) throws IOException {
        this.folder = folder;
        this.address = address;
        this.archive = new Archive(folder.resolve("home"), InstantSource.system());
        this.freezer = new Freezer(archive, Map.of("HOME", folder.toString()), InstantSource.system());
        this.lab = LabLoader.load(Tiny.lab(folder.resolve("tiny"), "60s"));
        Path description = Tiny.course(folder);
        this.course = CourseLoader.load(description, name -> Optional.empty());
        this.database = open();
        this.gradings = new GradingStore(database);
        new RosterStore(database).note(course, Instant.now());
    }

    private Database open() {
        Database one = Database.open(address);
        ends.add(one::close);
        return one;
    }

    /** Takes the course from now on, with a repository of their own each. */
    void enrol(String... ids) {
        List<Student> students = Stream.of(ids)
                .map(id -> new Student(
                        StudentId.parse(id),
                        "Name",
                        null,
                        null,
                        null,
                        repository(id, "1").toString(),
                        Map.of(),
                        Map.of(),
                        Set.of(),
                        false))
                .toList();
        new RosterStore(database)
                .apply(
                        course.id(),
                        RosterChange.between(Roster.EMPTY, new Roster(students)),
                        "roster.csv",
                        "test",
                        Instant.now());
    }

    /** Grades the class until all are over, or nothing could be graded for longer than the patience. */
    void batch(Worker worker, Duration patience, BatchWatcher watcher) {
        goOn(begin(), worker, patience, watcher);
    }

    RosterBatch begin() {
        return new RosterBatchStore(database, course.id())
                .begin(new Order(List.of(lab.id()), List.of(), null, false, "test"), Instant.now());
    }

    /** The same with one that was begun before, or that another machine is grading. */
    void goOn(RosterBatch batch, Worker worker, Duration patience, BatchWatcher watcher) {
        new RosterJob(
                        database,
                        course,
                        Map.of(lab.id(), lab),
                        new RosterCollection(
                                Collector.of(course.id(), database, archive, Map.of(), "test", InstantSource.system()),
                                2),
                        worker,
                        2,
                        patience,
                        watcher,
                        InstantSource.system())
                .run(batch);
    }

    /** Hands in work of somebody's own and gives its number. */
    long handIn(String student) {
        return handIn(student, "1");
    }

    private Path repository(String student, String version) {
        Path repository = folder.resolve("repositories").resolve(student + "-" + version);
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("work.py", "print('" + student + " " + version + "')\n");
            builder.commit("work", Instant.parse("2026-09-10T12:00:00Z"));
        }
        return repository;
    }

    long handIn(String student, String version) {
        Path repository = repository(student, version);
        SubmissionFact fact = freezer.freeze(
                lab.id(), new Owner.OfStudent(StudentId.parse(student)), new Source(repository.toString(), null));
        return filing(database).submitted(fact);
    }

    /** As if the store were damaged. */
    void loseBundle(long submission) throws IOException {
        String digest = Objects.requireNonNull(new SubmissionStore(database)
                .fact(course.id(), submission)
                .orElseThrow()
                .bundle());
        Files.delete(archive.verified(Kind.BUNDLE, digest));
    }

    private Filing filing(Database where) {
        return new Filing(where, archive, course.id(), "test", InstantSource.system());
    }

    /** A worker with connections of its own, as one of another process has. */
    Worker worker(int atOnce, Sandboxed sandboxed) {
        return worker(atOnce, new Budget(Long.MAX_VALUE, 1_000), sandboxed);
    }

    Worker worker(int atOnce, Budget budget, Sandboxed sandboxed) {
        return worker(atOnce, budget, sandboxed, () -> {});
    }

    /** One whose machine tells another time. */
    Worker worker(int atOnce, Sandboxed sandboxed, InstantSource clock) {
        return worker("home", atOnce, new Budget(Long.MAX_VALUE, 1_000), sandboxed, () -> {}, clock);
    }

    /** One of another machine. */
    Worker elsewhere(int atOnce, Sandboxed sandboxed) {
        return worker(
                "home of another",
                atOnce,
                new Budget(Long.MAX_VALUE, 1_000),
                sandboxed,
                () -> {},
                InstantSource.system());
    }

    /** @param filing what happens each time that something is about to be noted of a grading */
    Worker worker(int atOnce, Budget budget, Sandboxed sandboxed, Runnable filing) {
        return worker("home", atOnce, budget, sandboxed, filing, InstantSource.system());
    }

    private Worker worker(
            String home, int atOnce, Budget budget, Sandboxed sandboxed, Runnable filing, InstantSource clock) {
        Database own = open();
        Worker worker = new Worker(
                own,
                folder.resolve(home),
                List.of(course.id()),
                atOnce,
                budget,
                new GradingJob(
                        own,
                        freezer,
                        any -> {
                            filing.run();
                            return filing(own);
                        },
                        this::described,
                        sandboxed,
                        String::valueOf),
                clock);
        ends.add(worker::close);
        return worker;
    }

    private Lab described(Grading grading) {
        if (gone) {
            throw new IllegalStateException("The course mlops has no lab '" + grading.lab() + "'.");
        }
        return LabLoader.load(folder.resolve("tiny"));
    }

    /** As if somebody edited its lab.yaml, and left it as no YAML. */
    void breakDescription() throws IOException {
        Files.writeString(folder.resolve("tiny/lab.yaml"), "id: tiny\n  hidden: [secret\n");
    }

    /** As if the lab were taken out of the course. */
    void withoutItsLab() {
        gone = true;
    }

    /** Asks for a grading and gives its number. */
    long ask(Gradings queue, long submission, Way way) {
        return ask(queue, submission, way, false);
    }

    long ask(Gradings queue, long submission, Way way, boolean anew) {
        SubmissionFact fact =
                new SubmissionStore(database).fact(course.id(), submission).orElseThrow();
        return queue.ask(course.id(), submission, fact, way, "test", "", anew).grading();
    }

    /** Asks for a grading as staff do, beside what waits. */
    long askBeside(Gradings queue, long submission) {
        SubmissionFact fact =
                new SubmissionStore(database).fact(course.id(), submission).orElseThrow();
        return queue.askBeside(course.id(), submission, fact, "test", "", false).grading();
    }

    /** Good work. */
    Outcome.Graded graded(GradeRequest request) {
        return SampleOutcomes.graded(request.student(), new SampleEvidence().build(), lab);
    }

    Grading over(long grading) {
        Eventually.holds(
                LONGEST,
                "the end of grading " + grading,
                () -> gradings.grading(grading).orElseThrow().over());
        return gradings.grading(grading).orElseThrow();
    }

    List<Attempt> attempts() {
        return new LedgerStore(database).read(course.id()).attempts();
    }

    Course course() {
        return course;
    }

    @Override
    public void close() {
        ends.reversed().forEach(Runnable::run);
    }
}
